"""The pages of meetings, learning cycles and templates."""
