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

// The print page offers to print.
document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
});

// What she wrote in a conversation and the portal has not got yet stays in the browser, by her number. It goes when she signs out.
document.addEventListener("submit", (event) => {
    const signOut = document.querySelector("form[data-signs-out]");
    if (event.defaultPrevented || !signOut || event.target.action !== signOut.action) return;
    Object.keys(localStorage).filter((key) => key.startsWith(`samtale:${signOut.dataset.signsOut}:`)).forEach((key) => localStorage.removeItem(key));
});

// What she wrote about a visit and never came back to goes after thirty days, whoever uses this browser now. What has no time yet is
// given one; what cannot be read, or says a time to come, is as old as today.
(() => {
    const DAYS = 30, now = Date.now();
    const about = /^samtale:\d+:besoeg/;
    let names = [];
    try { names = Object.keys(localStorage).filter((name) => about.test(name)); } catch { /* forbidden: nothing is kept */ }
    names.forEach((name) => {
        try {
            const draft = JSON.parse(localStorage.getItem(name));
            if (draft === null || typeof draft !== "object") return;
            if (typeof draft.keptAt !== "number" || draft.keptAt > now) localStorage.setItem(name, JSON.stringify({ ...draft, keptAt: now }));
            else if (now - draft.keptAt > DAYS * 24 * 60 * 60 * 1000) localStorage.removeItem(name);
        } catch { /* full, or not ours */ }
    });
})();
