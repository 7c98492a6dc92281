"""The life of what was sent: compared with the former, taken in, undone, its warnings acknowledged."""
