"""What a person confirmed once about names: whose a spelling is, and who is one person."""
