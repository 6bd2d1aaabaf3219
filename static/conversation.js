// A conversation that is going on: saves as one types, shows what the others write, and loses nothing when the browser, the
// network or the session does. Without it the page works by its buttons.
(() => {
    const root = document.querySelector("[data-conversation]");
    if (!root) return;

    const PAUSE = 600, EVERY = 2500, IDLE = 10000;
    const { person, item, page, state: stateUrl } = root.dataset;
    const form = root.querySelector("[data-writing]");
    const field = form.elements.text;
    const conflictBox = form.querySelector("[data-conflict]");
    const say = (name, value = "") => root.dataset[`says${name}`].replace("%s", value);
    let csrf = form.elements.csrfmiddlewaretoken.value;
    let mark = root.dataset.mark;
    const follows = Boolean(root.dataset.follows);
    let lastTyped = 0, leaving = false;

    root.querySelectorAll("[data-without-script]").forEach((button) => { button.hidden = true; });

    // What the portal has not got yet, kept in the browser: the text and the version it was written on ------------------

    const drafts = {
        name: (id) => `samtale:${person}:${id}`,
        read(id) {
            try { return JSON.parse(localStorage.getItem(this.name(id))); } catch { return null; }
        },
        keep(id, draft) {
            try { localStorage.setItem(this.name(id), JSON.stringify(draft)); } catch { /* full, or forbidden: the page still has it */ }
        },
        drop(id) {
            try { localStorage.removeItem(this.name(id)); } catch { /* nothing was kept */ }
        },
    };

    // Asking the portal ---------------------------------------------------------------------------------------------------

    async function send(url, values) {
        const body = new FormData();
        Object.entries(values).forEach(([name, value]) => body.append(name, value));
        let response;
        try {
            const headers = { Accept: "application/json", "X-CSRFToken": csrf };
            response = await fetch(url, { method: "POST", body, headers, redirect: "manual", signal: AbortSignal.timeout(15000) });
            if (response.type === "opaqueredirect") return { kind: "signed out" };
            if ([200, 409, 422].includes(response.status)) {
                return { kind: { 200: "saved", 409: "moved on", 422: "refused" }[response.status], ...await response.json() };
            }
        } catch { return { kind: "away" }; }
        // 403 may be an old token after signing in again: the next question to the portal tells.
        return { kind: "away", status: response.status };
    }

    function showDoor(open) {
        form.querySelector("[data-signed-out]").hidden = open !== "signed out";
        form.querySelector("[data-shut-out]").hidden = open !== "shut out";
    }

    // The text of the item --------------------------------------------------------------------------------------------------

    const text = { version: Number(form.elements.version.value), saved: form.dataset.isBound ? null : field.defaultValue, sent: new Set(), refused: null, conflict: null, sending: null };
    const isDirty = () => field.value !== text.saved;
    const noteSaved = (words) => {
        const place = form.querySelector("[data-saved]");
        if (place.textContent !== words) place.textContent = words;
    };

    // Another window of hers may keep one too: this one takes away its own.
    let drafted = null;
    function keepDraft() {
        if (leaving) return;
        const stored = drafts.read(item)?.text;
        if (isDirty()) {
            drafted = field.value;
            // While she has not chosen between two texts, hers is written on none that stands.
            if (stored !== drafted) drafts.keep(item, { text: drafted, version: text.conflict ? -1 : text.version });
        } else if (stored === drafted || stored === field.value) drafts.drop(item);
    }

    function showConflict(theirs) {
        text.conflict = theirs;
        conflictBox.hidden = !theirs;
        conflictBox.querySelector("[data-theirs]").textContent = theirs ? theirs.text || "–" : "";
        if (theirs) noteSaved(say("Choose"));
    }

    function showRefusal(error, asks) {
        form.querySelector("[data-refusal]").textContent = error;
        form.querySelector("[data-not-cpr]").hidden = !asks;
        field.toggleAttribute("aria-invalid", false);
        if (error) field.setAttribute("aria-invalid", "true");
        if (!asks) form.elements.not_cpr.checked = false;
    }

    async function save() {
        if (text.sending) await text.sending;
        if (!isDirty() || text.conflict || (text.refused === field.value && !form.elements.not_cpr.checked)) return;
        text.sending = saveNow();
        await text.sending;
        text.sending = null;
    }

    async function saveNow() {
        const sent = field.value;
        text.sent.add(sent);
        const values = { text: sent, version: text.version, ...(form.elements.not_cpr.checked && { not_cpr: "on" }) };
        const answer = await send(form.action, values);
        if (answer.kind === "saved") took(sent, answer.version, say("Saved", answer.saved_at));
        else if (answer.kind === "moved on") movedOn(sent, answer);
        else if (answer.kind === "refused") {
            text.refused = sent;
            showRefusal(answer.error, answer.asks);
            noteSaved(say("Refused"));
        } else {
            noteSaved(say("Trying"));
            if (answer.kind === "signed out") showDoor("signed out");
        }
        showUnsaved();
    }

    function took(value, version, words) {
        Object.assign(text, { saved: value, version, refused: null });
        text.sent.clear();
        showRefusal("", false);
        showDoor("open");
        noteSaved(words);
        keepDraft();
    }

    function movedOn(sent, theirs) {
        // She has seen it when it is what she began with, or what she sent herself and got no answer to.
        text.sent.delete(sent);
        if (theirs.text !== text.saved && !text.sent.has(theirs.text)) return showConflict(theirs);
        Object.assign(text, { version: theirs.version, saved: theirs.text });
        setTimeout(save);
    }

    async function choose(keep) {
        const theirs = text.conflict, mine = field.value;
        showConflict(null);
        Object.assign(text, { version: theirs.version, saved: theirs.text });
        if (keep === "theirs") field.value = theirs.text;
        if (keep === "both") field.value = [theirs.text, mine].filter(Boolean).join("\n\n");
        keepDraft();
        if (!isDirty()) return took(field.value, theirs.version, "");
        await save();
        // Somebody was first once more: her own text is what is compared, not what was put together.
        if (text.conflict) { field.value = mine; keepDraft(); }
    }

    // What somebody else saved; where she is typing, saving finds it.
    function receive({ text: value, version }) {
        if (text.sending || version <= text.version) return;
        if (text.conflict) {
            if (version > text.conflict.version) showConflict({ text: value, version });
        } else if (!isDirty()) {
            const [from, to, focused] = [field.selectionStart, field.selectionEnd, document.activeElement === field];
            const behind = field.value.length - from, stays = value.startsWith(field.value.slice(0, from));
            field.value = value;
            Object.assign(text, { version, saved: value });
            if (focused) field.setSelectionRange(...(stays ? [from, to] : [value.length - behind, value.length - behind].map((at) => Math.max(0, at))));
        }
    }

    let waiting;
    field.addEventListener("input", () => {
        lastTyped = Date.now();
        if (text.refused !== null && text.refused !== field.value) form.elements.not_cpr.checked = false;
        keepDraft();
        clearTimeout(waiting);
        waiting = setTimeout(save, PAUSE);
        setTimeout(showUnsaved, 2 * PAUSE);
    });
    form.elements.not_cpr.addEventListener("change", save);

    // Drafts of the other items: what a killed browser or an earlier item left --------------------------------------------

    const otherIds = () => [...root.querySelectorAll("[data-step]")].map((step) => step.dataset.step).filter((id) => id !== item);
    const asked = new Set();

    async function saveOthers() {
        for (const id of otherIds()) {
            const draft = drafts.read(id);
            if (!draft || asked.has(`${id} ${draft.text}`)) continue;
            const answer = await send(root.querySelector(`[data-step="${id}"]`).dataset.url, { text: draft.text, version: draft.version });
            if (answer.kind === "saved" && drafts.read(id)?.text === draft.text) drafts.drop(id);
            // To be solved where both texts can be shown.
            if (["moved on", "refused"].includes(answer.kind)) asked.add(`${id} ${draft.text}`);
        }
        showUnsaved();
    }

    function showUnsaved() {
        const ids = otherIds().filter((id) => drafts.read(id));
        const late = isDirty() && (text.conflict || text.refused === field.value || Date.now() - lastTyped > 2 * PAUSE);
        if (late) ids.push(item);
        root.querySelectorAll("[data-step]").forEach((step) => { step.querySelector("[data-unsaved]").hidden = !ids.includes(step.dataset.step); });
        const words = ids.length > 1 ? say("More", ids.length) : ids.length && !late ? say("One") : "";
        const place = form.querySelector("[data-unsaved-count]");
        if (place.textContent !== words) place.textContent = words;
    }

    // Silent writing: her own box, known by a key that only this browser has ---------------------------------------------

    const silentId = `stille:${item}`;
    const silentForm = () => root.querySelector("[data-silent]");
    let silentWaiting;

    function beginSilent() {
        const box = silentForm();
        if (!box) {
            const late = drafts.read(silentId);
            if (late && !late.isSaved && late.text.trim()) root.querySelector("[data-live='silence']").append(lateNote(late.text));
            else drafts.drop(silentId);
            return;
        }
        box.querySelector("[data-without-script]").hidden = true;
        const kept = drafts.read(silentId);
        if (kept) {
            box.elements.key.value = kept.key;
            box.elements.text.value = kept.text;
            if (!kept.isSaved) saveSilent();
        }
        box.elements.text.addEventListener("input", () => {
            lastTyped = Date.now();
            keepSilent(false);
            clearTimeout(silentWaiting);
            silentWaiting = setTimeout(saveSilent, PAUSE);
        });
    }

    function keepSilent(isSaved) {
        if (leaving) return;
        const { key, text: words } = silentForm().elements;
        drafts.keep(silentId, { key: key.value, text: words.value, isSaved });
    }

    async function saveSilent() {
        const box = silentForm();
        if (!box || drafts.read(silentId)?.isSaved) return;
        const sent = box.elements.text.value;
        const answer = await send(box.action, { key: box.elements.key.value, text: sent });
        if (!box.isConnected) return;
        const saved = answer.kind === "saved";
        if (saved && box.elements.text.value === sent) keepSilent(true);
        box.querySelector("[data-silent-refusal]").textContent = answer.kind === "refused" ? answer.error : "";
        box.querySelector("[data-silent-saved]").textContent = saved ? say("InPile", answer.saved_at) : say("Trying");
        if (answer.kind === "signed out") showDoor("signed out");
    }

    // Where everybody is ----------------------------------------------------------------------------------------------------

    const clock = root.querySelector("[data-clock]");
    let at = { current: follows ? item : "", spent: Number(clock.dataset.spent), runs: Boolean(clock.dataset.runs), since: performance.now() };

    function showClock() {
        const place = clock.querySelector("[data-left]");
        const spent = at.spent + (at.runs ? (performance.now() - at.since) / 1000 : 0);
        const left = Number(clock.dataset.minutes) * 60 - spent, minutes = Math.ceil(Math.abs(left) / 60);
        const here = String(at.current) === item, near = here && left <= 120;
        const longOver = left < -3600, words = longOver ? "" : !near ? say("Left", minutes) : left > 0 ? say("Near", minutes) : say("Over", Math.max(1, minutes));
        const shown = here ? ["", ...(at.runs ? [] : [say("Paused")]), ...(words ? [words] : [])].join(" · ") : "";
        if (place.textContent !== shown) place.textContent = shown;
        clock.classList.toggle("conversation-clock-near", near && at.runs && !longOver);
    }

    // The parts of the page that are not text are put in anew as the portal draws them.
    async function refresh(fresh) {
        const response = await fetch(`${page}?punkt=${item}`, { redirect: "manual", signal: AbortSignal.timeout(15000) });
        if (!response.ok) return;
        const drawn = new DOMParser().parseFromString(await response.text(), "text/html");
        if (!drawn.querySelector("[data-conversation]")) return void (isDirty() || location.assign(page));
        await saveSilent();
        root.querySelectorAll("[data-live]").forEach((part) => {
            const now = drawn.querySelector(`[data-live="${part.dataset.live}"]`);
            if (!now || now.dataset.mark === part.dataset.mark) return;
            const focused = part.contains(document.activeElement) && document.activeElement;
            part.replaceWith(document.adoptNode(now));
            if (now.dataset.live === "silence") beginSilent();
            if (focused) [...now.querySelectorAll("button, a, select")].find((one) => one.name === focused.name && one.value === focused.value)?.focus();
        });
        mark = fresh;
        showUnsaved();
    }

    function lateNote(words) {
        const box = document.createElement("div"), head = document.createElement("p"), note = document.createElement("p");
        box.className = "colleague";
        note.className = "own-words";
        [head.textContent, note.textContent] = [say("Late"), words];
        box.append(head, note);
        return box;
    }

    function follow(current) {
        if (!follows || String(current) === item) return;
        const busy = isDirty() || text.conflict || text.sending || (document.activeElement === field && Date.now() - lastTyped < IDLE) || (silentForm() && Date.now() - lastTyped < IDLE);
        // Whoever is in the middle of a sentence comes along when it is saved and she has paused.
        if (!busy) location.replace(page);
    }

    let asking = false;
    async function ask() {
        if (asking) return;
        asking = true;
        try {
            const known = text.conflict ? text.conflict.version : text.version;
            const others = otherIds().map((id) => `${id}.${versions[id] ?? ""}`);
            const response = await fetch(`${stateUrl}?har=${[`${item}.${known}`, ...others].join("-")}`, { redirect: "manual", signal: AbortSignal.timeout(15000) });
            if (response.type === "opaqueredirect") return showDoor("signed out");
            if ([403, 404].includes(response.status)) return showDoor("shut out");
            if (response.ok) await hear(await response.json());
        } catch {
            if (isDirty()) noteSaved(say("Trying"));
        } finally {
            asking = false;
        }
    }

    const versions = {};
    async function hear(told) {
        if (String(told.person) !== person) return showDoor("signed out");
        csrf = told.csrf;
        showDoor("open");
        at = { current: told.current, spent: told.spent, runs: told.is_running, since: performance.now() };
        Object.entries(told.items).forEach(([id, { version }]) => { versions[id] = version; });
        if (told.texts[item]) receive(told.texts[item]);
        showClock();
        if (told.mark !== mark) await refresh(told.mark);
        follow(told.current);
        keepDraft();
        await save();
        if (silentForm() && drafts.read(silentId)?.isSaved === false) await saveSilent();
        await saveOthers();
    }

    // Coming and going ----------------------------------------------------------------------------------------------------

    const anythingUnsaved = () => isDirty() || (silentForm() && drafts.read(silentId)?.isSaved === false);
    const saveAll = () => Promise.race([Promise.all([save(), saveSilent()]), new Promise((done) => { setTimeout(done, 2000); })]);

    let passing = false;
    document.addEventListener("submit", async (event) => {
        const sent = event.target;
        if (passing) return;
        if (sent === form || sent === silentForm()) {
            event.preventDefault();
            event.stopImmediatePropagation();
            if (text.conflict && event.submitter?.name === "keep") choose(event.submitter.value);
            else saveAll();
            return;
        }
        if (!anythingUnsaved()) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        await saveAll();
        // A form cannot be sent while it tells that it is.
        await new Promise((done) => { setTimeout(done); });
        if (sent.dataset.signsOut) {
            leaving = true;
            setTimeout(() => { leaving = false; }, 5000);
        }
        passing = true;
        sent.requestSubmit(event.submitter);
        passing = false;
    }, true);

    window.addEventListener("beforeunload", (event) => {
        if (anythingUnsaved()) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => { if (document.hidden) save(); else ask(); });
    window.addEventListener("online", ask);
    window.addEventListener("pageshow", (event) => { if (event.persisted) ask(); });

    // What was kept when the browser was closed, or the network gone, comes back: into the field, or beside what stands there now.
    const kept = drafts.read(item);
    const refusedByForm = conflictBox.hidden === false;
    if (refusedByForm) {
        text.saved = conflictBox.querySelector("[data-theirs]").textContent;
        showConflict({ text: text.saved, version: text.version });
    } else if (kept && kept.text !== field.value) {
        field.value = kept.text;
        if (kept.version === text.version) save();
        else showConflict({ text: text.saved, version: text.version });
    } else if (kept) drafts.drop(item);

    beginSilent();
    showClock();
    saveOthers();
    setInterval(showClock, 1000);
    setInterval(() => { if (!document.hidden || anythingUnsaved()) ask(); }, EVERY);
})();
