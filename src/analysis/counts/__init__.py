"""What was published: the figures, where they came from and how far each can be trusted. No statistics."""
