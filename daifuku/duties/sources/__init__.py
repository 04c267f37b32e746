"""Where duties come from: plans that ended, talks that were held."""
