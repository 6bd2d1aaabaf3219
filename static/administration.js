// What the Django admin leaves without a name gets one.

// The first and last heads of its tables of rows say nothing: they are cells.
document.querySelectorAll(".inline-group thead th").forEach((head) => {
    if (head.textContent.trim()) return;
    const cell = document.createElement("td");
    cell.className = head.className;
    head.replaceWith(cell);
});

// The box that stands in for a list of choices is called what the list is called. Asked after the admin's own scripts.
window.django?.jQuery?.(() => {
    document.querySelectorAll("select.admin-autocomplete").forEach((list) => {
        const label = document.querySelector(`label[for="${list.id}"]`);
        const box = list.nextElementSibling?.querySelector(".select2-selection");
        if (!label || !box) return;
        label.id ||= `${list.id}_label`;
        box.setAttribute("aria-labelledby", `${label.id} ${box.getAttribute("aria-labelledby") ?? ""}`.trim());
        box.querySelectorAll("[role='textbox']").forEach((text) => text.setAttribute("aria-labelledby", `${label.id} ${text.id}`.trim()));
    });
});
