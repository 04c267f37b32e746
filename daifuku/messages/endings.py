"""Whoever waits for a long piece of work hears of its end, wherever in the program he is by then."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_noop

from daifuku.jobs.models import Job
from daifuku.messages.notices import Sentence, notify

LONG = timedelta(seconds=20)


def tell_the_end(job: Job) -> None:
    """What ended while the person was still looking is told by its page alone."""
    if job.by is None or job.state == Job.State.CANCELLED:
        return
    took = (job.finished_at or job.created_at) - job.created_at
    if job.state == Job.State.FAILED:
        sentence = Sentence(gettext_noop("「%(job)s」は終わりませんでした。"), {"job": job.title})
    elif took > LONG:
        sentence = Sentence(gettext_noop("「%(job)s」が終わりました。"), {"job": job.title})
    else:
        return
    notify(job.by, kind="job.ended", sentence=sentence, url=reverse("jobs:job", args=[job.uid]))
