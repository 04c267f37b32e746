"""What `daifuku up` starts: the web processes, the worker, and the parent that keeps them alive."""
