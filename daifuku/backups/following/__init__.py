"""A copy in another place that is seconds behind: `DAIFUKU_BACKUP_COPY=FOLDER` starts a process of its own for it."""
