"""The pages of units, of a team's people and of what a team agrees on."""
