// Writing during a visit: each line is kept in the browser until the portal says that it has it, and is sent again by itself. A line
// has a key of its own, so that one sent twice is one. Without this the page works by its buttons.
(() => {
    const root = document.querySelector("[data-visit-run]");
    if (!root) return;

    const EVERY = 4000, PAUSE = 700, LATE = 1500;
    const { person, visit, state: stateUrl } = root.dataset;
    const say = (name, value = "") => root.dataset[`says${name}`].replace("%s", value);
    const form = root.querySelector("[data-write-form]");
    const field = form.elements.text;
    const list = root.querySelector("[data-lines]");
    const urls = { write: form.action, edit: "", delete: "" };
    let csrf = form.elements.csrfmiddlewaretoken.value;

    root.querySelectorAll("[data-without-script]").forEach((button) => { button.hidden = true; });
    const emptyLine = root.querySelector("template[data-line]").content.querySelector("li");
    urls.edit = emptyLine.querySelector("[data-edit-form]").getAttribute("action");
    urls.delete = emptyLine.querySelector("[data-delete-form]").getAttribute("action");

    // What the portal has not got yet. Each thing has a place of its own: two windows of hers do not write over each other ------

    // portal.js takes everything that begins like this away when she signs out.
    const place = `samtale:${person}:besoeg:${visit}:`;
    const kept = {
        // With the time: what nobody has touched for thirty days portal.js takes away.
        read(name) {
            try {
                const { keptAt: _, ...value } = JSON.parse(localStorage.getItem(place + name));
                return value;
            } catch { return null; }
        },
        keep(name, value) {
            try { localStorage.setItem(place + name, JSON.stringify({ ...value, keptAt: Date.now() })); } catch { memory.set(name, value); }
        },
        drop(name) {
            memory.delete(name);
            try { localStorage.removeItem(place + name); } catch { /* nothing was kept */ }
        },
        // Full, or forbidden: the page still has it.
        get names() {
            let stored = [];
            try { stored = Object.keys(localStorage).filter((key) => key.startsWith(place)).map((key) => key.slice(place.length)); } catch { /* none */ }
            return [...new Set([...stored, ...memory.keys()])];
        },
    };
    const memory = new Map();
    const entryOf = (key) => kept.read(`linje:${key}`) ?? memory.get(`linje:${key}`) ?? null;
    const keepEntry = (entry) => kept.keep(`linje:${entry.key}`, entry);
    const dropEntry = (key) => kept.drop(`linje:${key}`);
    const entries = () => kept.names.filter((name) => name.startsWith("linje:")).map((name) => entryOf(name.slice(6))).filter(Boolean)
        .sort((one, other) => one.order - other.order);
    // A line that is on its way for a moment is not worth a word.
    const isLate = (entry) => Boolean(entry.error) || Date.now() - entry.since > LATE;
    const newKey = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) => (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));

    // Asking the portal ---------------------------------------------------------------------------------------------------

    const KINDS = { 200: "saved", 409: "changed", 410: "gone", 422: "refused" };
    async function send(url, values) {
        const body = new FormData();
        Object.entries(values).forEach(([name, value]) => { if (value !== null && value !== undefined) body.append(name, value); });
        try {
            const headers = { Accept: "application/json", "X-CSRFToken": csrf };
            const response = await fetch(url, { method: "POST", body, headers, redirect: "manual", signal: AbortSignal.timeout(15000) });
            if (response.type === "opaqueredirect") { showDoor("signed out"); return { kind: "away" }; }
            if (KINDS[response.status]) return { kind: KINDS[response.status], ...await response.json() };
        } catch { /* no network, or an answer that is none */ }
        // 403 may be an old token after signing in again: the next question to the portal tells.
        return { kind: "away" };
    }

    function showDoor(open) {
        form.querySelector("[data-signed-out]").hidden = open !== "signed out";
        form.querySelector("[data-shut-out]").hidden = open !== "shut out";
    }

    function tell(element, words) {
        if (element.textContent !== words) element.textContent = words;
    }

    // The lines -------------------------------------------------------------------------------------------------------------

    // What the portal has, by key; the page came with some of it.
    const stored = new Map();
    const clockOf = (moment) => new Date(moment).toLocaleTimeString("da-DK", { hour: "numeric", minute: "2-digit", timeZone: "Europe/Copenhagen" }).replace(":", ".");
    const focusWords = (pk) => [...(form.elements.focus?.options ?? [])].find((option) => pk && option.value === String(pk))?.textContent ?? "";

    function shownLines() {
        const lines = new Map(stored);
        for (const entry of entries()) {
            if (entry.step === "delete") lines.delete(entry.key);
            else lines.set(entry.key, { is_own: true, version: 0, ...lines.get(entry.key), key: entry.key, at: lines.get(entry.key)?.at ?? entry.at, text: entry.text, focus: lines.get(entry.key)?.focus ?? entry.focus, entry });
        }
        return [...lines.values()].sort((one, other) => Date.parse(one.at) - Date.parse(other.at) || (one.key < other.key ? -1 : 1));
    }

    function draw() {
        const lines = shownLines();
        const wanted = new Set(lines.map((line) => line.key));
        list.querySelectorAll("li").forEach((item) => { if (!wanted.has(item.dataset.key)) item.remove(); });
        let before = null;
        for (const line of lines) {
            let item = list.querySelector(`li[data-key="${CSS.escape(line.key)}"]`);
            if (!item) item = document.importNode(emptyLine, true);
            // Elements that are moved lose the cursor.
            const next = before ? before.nextElementSibling : list.firstElementChild;
            if (item !== next) list.insertBefore(item, next);
            fill(item, line);
            before = item;
        }
        showCount();
    }

    function fill(item, line) {
        const waits = line.entry ?? null;
        const look = JSON.stringify([line.at, line.text, line.focus, line.version, waits && [isLate(waits), waits.error, waits.asks]]);
        const editing = item.querySelector("[data-edit]");
        if (item.dataset.look === look || (editing?.open && item.contains(document.activeElement))) return;
        item.dataset.look = look;
        item.dataset.key = line.key;
        const time = item.querySelector("[data-time]");
        time.dateTime = line.at;
        tell(time, clockOf(line.at));
        tell(item.querySelector("[data-text]"), line.text);
        const about = item.querySelector("[data-focus]");
        tell(about, focusWords(line.focus));
        about.hidden = !about.textContent;
        const unsaved = item.querySelector("[data-unsaved]");
        unsaved.hidden = !waits || !isLate(waits);
        unsaved.replaceChildren(waits ? waits.error || say("Pending") : "");
        if (waits?.asks) {
            const button = document.importNode(root.querySelector("template[data-not-cpr]").content.firstElementChild, true);
            button.addEventListener("click", () => { keepEntry({ ...entryOf(line.key), notCpr: true, error: "", asks: false }); draw(); flush(); });
            unsaved.append(" ", button);
        }
        if (!editing) return;
        editing.hidden = !line.is_own;
        item.querySelectorAll("[name=key]").forEach((input) => { input.value = line.key; });
        // What she is changing is the text that she opened, of its version.
        if (editing.open) return;
        item.querySelector("[name=version]").value = line.version;
        item.querySelector("textarea").value = line.text;
    }

    function showCount() {
        const waiting = entries().filter((entry) => !entry.error && isLate(entry)).length;
        tell(form.querySelector("[data-count]"), waiting > 1 ? say("More", waiting) : waiting ? say("One") : "");
    }

    function add(text, at, focus) {
        const entry = { key: newKey(), step: "write", text, at, focus: focus || null, order: Date.now() + Math.random(), since: Date.now(), sent: [] };
        keepEntry(entry);
        setTimeout(draw, LATE + 100);
    }

    let flushing = null;
    function flush() {
        flushing ??= flushAll().finally(() => { flushing = null; });
        return flushing;
    }

    // In the order they were written; the first one that gets no answer stops the rest, a refused one does not.
    async function flushAll() {
        const tried = new Set();
        for (;;) {
            const entry = entries().find((one) => !one.error && !tried.has(`${one.key} ${one.step} ${one.text} ${one.version}`));
            if (!entry) break;
            tried.add(`${entry.key} ${entry.step} ${entry.text} ${entry.version}`);
            if (!await sendEntry(entry)) break;
            draw();
        }
        showCount();
    }

    async function sendEntry(entry) {
        keepEntry({ ...entry, sent: [...new Set([...entry.sent, entry.text])] });
        const common = { key: entry.key, not_cpr: entry.notCpr ? "on" : null };
        const values = {
            write: { ...common, text: entry.text, said_at: entry.at, focus: entry.focus },
            edit: { ...common, text: entry.text, version: entry.version },
            delete: common,
        };
        const answer = await send(urls[entry.step], values[entry.step]);
        // She may have gone on meanwhile: then what is kept is another.
        const now = entryOf(entry.key);
        if (answer.kind === "away") return false;
        if (answer.kind === "saved") saved(entry, now, answer);
        else if (!now) return true;
        else if (answer.kind === "changed") changed(now, answer);
        else if (answer.kind === "gone") { dropEntry(now.key); add(now.text, now.at, now.focus); }
        else if (now.text === entry.text && now.step === entry.step) keepEntry({ ...now, error: answer.error, asks: answer.asks });
        return true;
    }

    let changes = 0;
    function saved(entry, now, answer) {
        changes += 1;
        if (entry.step === "delete") {
            stored.delete(entry.key);
            if (now?.step === "delete") dropEntry(entry.key);
            return;
        }
        stored.set(answer.key, answer);
        if (now && now.step !== "delete") {
            // She has changed it since it was sent; or the portal has an earlier text of hers, whose answer was lost.
            const isEarlier = answer.text !== entry.text && entry.sent.includes(answer.text);
            if (now.text === entry.text && !isEarlier) dropEntry(now.key);
            else keepEntry({ ...now, step: "edit", version: answer.version, at: answer.at });
        }
        tell(form.querySelector("[data-told]"), say("Saved", clockOf(Date.now())));
    }

    // Another device of hers was first: nothing is lost, both stand.
    function changed(now, theirs) {
        if (now.sent.includes(theirs.text) && theirs.text !== now.text) return keepEntry({ ...now, version: theirs.version });
        const line = stored.get(now.key);
        dropEntry(now.key);
        add(now.text, now.at ?? line?.at ?? new Date().toISOString(), line?.focus ?? null);
        tell(form.querySelector("[data-told]"), say("Both"));
    }

    list.addEventListener("submit", (event) => {
        event.preventDefault();
        event.stopPropagation();
        const item = event.target.closest("li"), key = item.dataset.key, line = stored.get(key), waiting = entryOf(key);
        item.querySelector("[data-edit]").open = false;
        if (event.target.matches("[data-delete-form]")) {
            // What was never sent is nowhere else.
            if (waiting && !line && !waiting.sent.length) dropEntry(key);
            else keepEntry({ ...waiting, key, step: "delete", text: "", error: "", order: waiting?.order ?? Date.now(), since: Date.now(), sent: [] });
        } else {
            const text = event.target.elements.text.value.trim();
            if (!text) return;
            const version = Number(event.target.elements.version.value);
            if (waiting && waiting.step === "write") keepEntry({ ...waiting, text, since: Date.now(), error: "", asks: false, notCpr: false });
            else if (waiting || text !== line?.text) keepEntry({ sent: [], order: Date.now(), at: line?.at, ...waiting, key, step: "edit", text, version: waiting?.version ?? version, since: Date.now(), error: "", asks: false, notCpr: false });
        }
        delete item.dataset.look;
        draw();
        setTimeout(draw, LATE + 100);
        flush();
    });

    // The line at the thumb: the time is when she began to write it ---------------------------------------------------------

    const now = form.querySelector("[data-now]");
    let draft = kept.read("kladde") ?? { text: "", at: null };
    if (!field.value && draft.text) field.value = draft.text;
    const showNow = () => tell(now, clockOf(draft.at ?? Date.now()));

    field.addEventListener("input", () => {
        draft = { text: field.value, at: field.value.trim() ? draft.at ?? new Date().toISOString() : null };
        if (draft.text) kept.keep("kladde", draft); else kept.drop("kladde");
        showNow();
    });
    field.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        event.stopPropagation();
        const text = field.value.trim();
        if (!text) return field.focus();
        add(text, draft.at ?? new Date().toISOString(), form.elements.focus?.value);
        field.value = "";
        draft = { text: "", at: null };
        kept.drop("kladde");
        form.querySelectorAll(".field-errors").forEach((box) => { box.textContent = ""; });
        field.removeAttribute("aria-invalid");
        draw();
        showNow();
        field.focus();
        list.lastElementChild?.scrollIntoView({ block: "nearest" });
        flush();
    });

    // Private notes: saved as they are typed; two devices' texts are put after each other, none is lost ------------------------

    const noteForm = root.querySelector("[data-private-form]");
    const noteField = noteForm.elements.note;
    const note = { version: Number(noteForm.elements.version.value), saved: noteForm.dataset.isBound ? null : noteField.defaultValue, sent: new Set(), refused: null, sending: null };
    const noteIsDirty = () => noteField.value !== note.saved;
    const sayNote = (words) => tell(noteForm.querySelector("[data-private-saved]"), words);
    const keepNote = () => { if (noteIsDirty()) kept.keep("privat", { text: noteField.value, version: note.version }); else kept.drop("privat"); };

    function saveNote() {
        note.sending ??= saveNoteNow().finally(() => { note.sending = null; });
        return note.sending;
    }

    async function saveNoteNow() {
        while (noteIsDirty() && (note.refused !== noteField.value || noteForm.elements.not_cpr.checked)) {
            const sent = noteField.value;
            note.sent.add(sent);
            const answer = await send(noteForm.action, { note: sent, version: note.version, not_cpr: noteForm.elements.not_cpr.checked ? "on" : null });
            if (answer.kind === "saved") {
                Object.assign(note, { saved: sent, version: answer.version, refused: null });
                note.sent.clear();
                sayNote(say("Saved", answer.saved_at));
                showNoteRefusal("", false);
            } else if (answer.kind === "changed") {
                if (!note.sent.has(answer.text) && answer.text !== note.saved) noteField.value = [answer.text, noteField.value].filter(Boolean).join("\n\n");
                Object.assign(note, { saved: answer.text, version: answer.version });
            } else if (answer.kind === "refused") {
                note.refused = sent;
                showNoteRefusal(answer.error, answer.asks);
                sayNote(say("Refused"));
            } else {
                sayNote(say("Trying"));
                break;
            }
            keepNote();
        }
    }

    function showNoteRefusal(error, asks) {
        tell(noteForm.querySelector("[data-private-refusal]"), error);
        noteForm.querySelector("[data-private-not-cpr]").hidden = !asks;
        noteField.toggleAttribute("aria-invalid", false);
        if (error) noteField.setAttribute("aria-invalid", "true");
        if (!asks) noteForm.elements.not_cpr.checked = false;
    }

    let noteWaits;
    noteField.addEventListener("input", () => {
        if (note.refused !== null && note.refused !== noteField.value) noteForm.elements.not_cpr.checked = false;
        keepNote();
        clearTimeout(noteWaits);
        noteWaits = setTimeout(saveNote, PAUSE);
    });
    noteForm.elements.not_cpr.addEventListener("change", saveNote);
    noteForm.addEventListener("submit", (event) => { event.preventDefault(); event.stopPropagation(); saveNote(); });
    const keptNote = kept.read("privat");
    if (keptNote && keptNote.text !== noteField.value) {
        noteField.value = keptNote.text;
        // On a text that has gone on since then: the portal answers with it, and both are put together.
        note.version = keptNote.version;
        if (keptNote.version !== Number(noteForm.elements.version.value)) note.saved = null;
        root.querySelector("[data-private]").open = true;
    } else if (keptNote) kept.drop("privat");

    // What is counted ---------------------------------------------------------------------------------------------------------

    const countForm = root.querySelector("[data-counts-form]");
    let countsWait;
    const timers = () => kept.read("ure") ?? {};

    async function saveCounts() {
        const values = kept.read("tal");
        if (!countForm || !values) return;
        const sent = JSON.stringify(values);
        const labels = Object.fromEntries([...countForm.elements].filter((one) => one.name.startsWith("label_")).map((one) => [one.name, one.value]));
        const answer = await send(countForm.action, { ...labels, ...values });
        const told = countForm.querySelector("[data-counts-saved]");
        tell(countForm.querySelector("[data-counts-refusal]"), answer.kind === "refused" ? answer.error : "");
        if (answer.kind === "saved" && JSON.stringify(kept.read("tal")) === sent) kept.drop("tal");
        tell(told, answer.kind === "saved" ? say("Saved", answer.saved_at) : answer.kind === "refused" ? say("Refused") : say("Trying"));
    }

    function keepCounts() {
        kept.keep("tal", Object.fromEntries([...countForm.elements].filter((one) => one.type === "number").map((one) => [one.name, one.value])));
        clearTimeout(countsWait);
        countsWait = setTimeout(saveCounts, PAUSE);
    }

    function showTimers() {
        countForm.querySelectorAll("[data-timer]").forEach((button) => {
            const since = timers()[button.dataset.timer];
            tell(button, since ? say("Stop", Math.floor((Date.now() - since) / 60000)) : say("Start"));
        });
    }

    if (countForm) {
        const waiting = kept.read("tal");
        if (waiting) Object.entries(waiting).forEach(([name, value]) => { if (countForm.elements[name]) countForm.elements[name].value = value; });
        countForm.querySelectorAll("[data-timer], [data-more]").forEach((button) => { button.hidden = false; });
        countForm.addEventListener("input", keepCounts);
        countForm.addEventListener("submit", (event) => { event.preventDefault(); event.stopPropagation(); keepCounts(); });
        countForm.addEventListener("click", (event) => {
            const { timer, more } = event.target.dataset ?? {};
            if (more) countForm.elements[more].value = Number(countForm.elements[more].value) + 1;
            if (timer) {
                const { [timer]: since, ...others } = timers();
                kept.keep("ure", since ? others : { ...others, [timer]: Date.now() });
                if (since) countForm.elements[timer].value = Number(countForm.elements[timer].value) + Math.max(1, Math.round((Date.now() - since) / 60000));
                showTimers();
                if (!since) return;
            }
            if (more || timer) keepCounts();
        });
        showTimers();
    }

    // What the other devices wrote --------------------------------------------------------------------------------------------

    let asking = false;
    async function ask() {
        if (asking) return;
        asking = true;
        const before = changes;
        try {
            const response = await fetch(stateUrl, { redirect: "manual", headers: { Accept: "application/json" }, signal: AbortSignal.timeout(15000) });
            if (response.type === "opaqueredirect") return showDoor("signed out");
            if ([403, 404].includes(response.status)) return showDoor("shut out");
            if (response.ok) await hear(await response.json(), before);
        } catch { draw(); /* no network: it is asked again */ } finally {
            asking = false;
        }
    }

    async function hear(told, before) {
        if (String(told.person) !== person) return showDoor("signed out");
        csrf = told.csrf;
        showDoor("open");
        // Closed meanwhile: the page tells so, and what is not saved yet stays here.
        if (told.is_closed && !entries().length && !field.value && !noteIsDirty()) return location.reload();
        // What was saved after it was asked is not in the answer.
        if (!flushing && changes === before) {
            stored.clear();
            told.lines.forEach((line) => stored.set(line.key, line));
            draw();
        }
        if (!note.sending && !noteIsDirty() && told.note.version > note.version) {
            noteField.value = told.note.text;
            Object.assign(note, { saved: told.note.text, version: told.note.version });
        }
        await flush();
        await saveNote();
        await saveCounts();
    }

    // Coming and going ----------------------------------------------------------------------------------------------------------

    document.addEventListener("submit", (event) => {
        if (!event.target.dataset.signsOut) return;
        if ((entries().length || noteIsDirty() || field.value.trim()) && !window.confirm(say("Leave"))) {
            event.preventDefault();
            event.stopImmediatePropagation();
        }
    }, true);
    window.addEventListener("online", ask);
    window.addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });

    // What was refused because the visit was closed may be taken now; digits still wait for a word.
    entries().filter((entry) => entry.error && !entry.asks).forEach((entry) => keepEntry({ ...entry, error: "" }));
    showNow();
    showCount();
    ask();
    setInterval(() => { showNow(); if (countForm) showTimers(); }, 10000);
    setInterval(() => { if (!document.hidden || entries().length || noteIsDirty()) ask(); }, EVERY);
})();
