"""What the demo is made of: names, personas, the organisation and where each team stands."""
