"""Work that nobody waits for: a queue, a schedule and the worker that carries both out."""
