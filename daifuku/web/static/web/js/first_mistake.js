// After a refusal the cursor stands where the mend is, also in a section that was closed.
const mistake = document.querySelector('main [aria-invalid="true"]')
if (mistake) {
  for (let section = mistake.closest("details"); section; section = section.parentElement.closest("details")) section.open = true
  mistake.focus()
}
