// A page that answers a sent form takes the address of that form's page: the back button and a reload open it again
// instead of asking whether to send once more. What was typed is put back by keep_typing.
//   <body data-answer>
if (document.body.hasAttribute("data-answer")) {
  for (const form of document.forms) if (!form.hasAttribute("action")) form.action = location.href
  const asked = document.referrer.startsWith(`${location.origin}/`) ? document.referrer : location.href
  history.replaceState(history.state, "", asked)
}
