// The evaluation of a conversation: answers appear as they come, and what is written and not saved stays in the browser.
// Without it the page shows new answers when it is loaded again.
(() => {
    const EVERY = 4000;

    // What the portal has not got yet is kept by the form's name, which has the person's number in it: it goes when she signs out.
    document.querySelectorAll("form[data-keeps]").forEach((form) => {
        const name = form.dataset.keeps;
        const fields = [...form.querySelectorAll("textarea")];
        const read = () => { try { return JSON.parse(localStorage.getItem(name)) || {}; } catch { return {}; } };
        const drop = () => { try { localStorage.removeItem(name); } catch { /* nothing was kept */ } };

        if ("isSaved" in form.dataset) {
            drop();
            history.replaceState(null, "", location.pathname);
        }
        // A page that came back with an error has all that was typed in it already.
        const kept = form.querySelector("[aria-invalid='true'], .field-errors, .form-errors") ? {} : read();
        let isBack = false;
        fields.forEach((field) => {
            const draft = kept[field.name];
            if (!draft || draft.text === field.value) return;
            // Another text stands there now: hers is put below it, and neither is lost.
            field.value = draft.stood === field.defaultValue || !field.value ? draft.text : `${field.value}\n\n${draft.text}`;
            isBack = true;
        });
        form.querySelector("[data-kept-note]").hidden = !isBack;

        form.addEventListener("input", () => {
            const changed = fields.filter((field) => field.value !== field.defaultValue);
            const drafts = Object.fromEntries(changed.map((field) => [field.name, { text: field.value, stood: field.defaultValue }]));
            // With the time: what nobody has touched for thirty days portal.js takes away.
            try { localStorage.setItem(name, JSON.stringify({ ...drafts, keptAt: Date.now() })); } catch { /* full, or forbidden: the page still has it */ }
        });
    });

    const box = document.querySelector("[data-answers]");
    if (!box) return;
    document.querySelectorAll("[data-without-script]").forEach((part) => { part.hidden = true; });
    const stopped = document.querySelector("[data-answers-stopped]");
    let shown = "";

    async function ask() {
        if (document.hidden) return;
        try {
            const response = await fetch(box.dataset.answers, { redirect: "manual", signal: AbortSignal.timeout(10000) });
            if (!response.ok) throw new Error("not now");
            const fresh = await response.text();
            if (fresh !== shown) box.replaceChildren(...new DOMParser().parseFromString(fresh, "text/html").body.childNodes);
            shown = fresh;
            stopped.hidden = true;
        } catch { stopped.hidden = false; }
    }

    setInterval(ask, EVERY);
    document.addEventListener("visibilitychange", ask);
})();
