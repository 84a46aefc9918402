"""The worker's side of the frame protocol: frames, columns, limits and the program being run."""
