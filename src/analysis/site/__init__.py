"""What is reported, and the pages that show it and lead to it. Knows answers and the batch; computes nothing."""
