// Reads a calendar on stdin with ical.js (the folder is the argument) and prints what it understood as JSON.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(`${process.argv[2]}/dist/ical.js`).href);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(new ICAL.Timezone(zone));
}
const moment = (time) => (time.isDate ? time.toString() : time.toJSDate().toISOString());
const entries = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  const attendee = component.getFirstProperty("attendee");
  return {
    method: calendar.getFirstPropertyValue("method"),
    uid: event.uid,
    sequence: event.sequence,
    summary: event.summary,
    description: event.description ?? "",
    location: event.location ?? "",
    status: component.getFirstPropertyValue("status"),
    starts: moment(event.startDate),
    ends: moment(event.endDate),
    organizer: component.getFirstPropertyValue("organizer") ?? "",
    attendees: component.getAllProperties("attendee").map((property) => property.getFirstValue()),
    name: attendee?.getParameter("cn") ?? "",
    partstat: attendee?.getParameter("partstat") ?? "",
  };
});
console.log(JSON.stringify(entries));
