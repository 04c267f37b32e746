// What was wrong with a field is no longer said once somebody types in it.
//   <div class="field" data-wrong> <input aria-invalid="true" aria-describedby="… id_error"> <p class="error" id="id_error">
document.addEventListener("input", ({ target }) => {
  const field = target.closest?.(".field[data-wrong]")
  if (!field) return
  field.removeAttribute("data-wrong")
  const said = field.querySelector(":scope > .error")
  for (const input of field.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid")
    const left = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== said?.id)
    left.length ? input.setAttribute("aria-describedby", left.join(" ")) : input.removeAttribute("aria-describedby")
  }
  said?.remove()
})
