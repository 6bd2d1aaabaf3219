// Small courtesies. Every page works without them.

// The cursor stands where the error is.
document.querySelector("[aria-invalid='true']")?.focus();

// A second click does not send the form again; when the page is shown again from memory the buttons work.
document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    setTimeout(() => form.querySelectorAll("button[type='submit'], button:not([type])").forEach((button) => { button.disabled = true; }));
});
window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("button[disabled]").forEach((button) => { button.disabled = false; });
});

// A click outside an open menu, or Escape, closes it.
function closeMenus(except) {
    document.querySelectorAll("details.person-menu[open]").forEach((menu) => { if (menu !== except) menu.open = false; });
}
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.person-menu")));
document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest("details.person-menu[open]");
    closeMenus(null);
    menu?.querySelector("summary").focus();
});
