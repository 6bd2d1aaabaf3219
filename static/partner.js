// A long list of names can be searched. Without JavaScript it is simply long.
const FEW = 8;
document.querySelectorAll("[data-search-in]").forEach((mark) => {
    const field = document.getElementById(mark.dataset.searchIn);
    const choices = field ? [...field.querySelectorAll(".field-choice")] : [];
    if (choices.length <= FEW) return;
    const search = document.createElement("input");
    search.type = "search";
    search.className = "form-control choices-search";
    search.setAttribute("aria-label", mark.dataset.searchLabel);
    search.placeholder = mark.dataset.searchLabel;
    search.addEventListener("input", () => {
        const words = search.value.trim().toLowerCase();
        // What is ticked stays in sight.
        choices.forEach((choice) => { choice.hidden = !choice.querySelector("input").checked && !choice.textContent.toLowerCase().includes(words); });
    });
    search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    choices[0].before(search);
});
