// Reads a calendar from standard input with ical.js (its file is the first argument); answers its events as JSON.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2]));
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
}
const moment = (time) => time.toJSDate().toISOString().replace(".000Z", "+00:00");
const events = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    const status = component.getFirstPropertyValue("status");
    return [event.uid, moment(event.startDate), moment(event.endDate), event.sequence, status];
});
process.stdout.write(JSON.stringify(events));
