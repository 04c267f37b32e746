"""Web push: wakes the browsers that a person switched on, encrypted so that only the browser reads it."""
