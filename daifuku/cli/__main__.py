"""So that a checkout can say `python -m daifuku.cli`."""

import sys

from daifuku.cli import main

sys.exit(main())
