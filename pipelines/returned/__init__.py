"""What goes back to the sender: the own workbook with its wrong cells marked, and a letter."""
