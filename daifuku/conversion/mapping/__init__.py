"""What of a lead goes where: the rules and their versions, which kinds of fields fit, what comes of one lead."""
