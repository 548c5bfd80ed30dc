"""What a board agreed: sign-offs, closings, and the digest of a report's inputs."""
