import { createCalendar, DayGrid, Interaction, ResourceTimeline, TimeGrid } from "@event-calendar/core";
import "@event-calendar/core/index.css";

// The visit calendar: one person's week and month, or a row for each person of a team. Dragging moves a planned visit.
export function drawCalendar(place) {
  const { calendar: address, team, today, plan, visit, failed, moved } = place.dataset;
  const words = JSON.parse(place.dataset.words);
  const days = new Map();

  // What the promise brings is what the calendar draws.
  async function load(info) {
    const query = new URLSearchParams({ start: info.startStr, end: info.endStr, ...(team ? { team } : {}) });
    const response = await fetch(`${address}?${query}`, { headers: { "HX-Request": "true" } });
    if (!response.ok) throw new Error(response.statusText);
    const { events, days: special } = await response.json();
    days.clear();
    for (const day of special) days.set(day.day, day);
    mark(place, days);
    return team && daysBetween(info) > 1 ? events.map(wholeDay) : events;
  }

  async function drop(info) {
    const { event, revert, newResource } = info;
    const start = event.start;
    const body = new FormData();
    body.set("on", dayOf(start));
    const starts = event.extendedProps.starts ?? (event.allDay ? "" : start.toTimeString().slice(0, 5));
    if (starts) body.set("starts", starts);
    body.set("version", event.extendedProps.version);
    if (newResource) body.set("username", newResource.extendedProps.username);
    const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
    const headers = { "X-CSRFToken": token, "X-Calendar": "1", "HX-Request": "true" };
    const response = await fetch(`${visit}${event.id}/moving/`, { method: "POST", body, headers }).catch(() => null);
    if (!response?.ok) {
      revert();
      say(await reason(response) || failed, "bad");
      return;
    }
    say(moved, "good");
    calendar.refetchEvents();
  }

  const calendar = createCalendar(place, team ? [ResourceTimeline, Interaction] : [TimeGrid, DayGrid, Interaction], {
    view: team ? "resourceTimelineWeek" : narrow() ? "timeGridDay" : "timeGridWeek",
    date: today,
    locale: document.documentElement.lang,
    firstDay: 1,
    resources: team ? JSON.parse(document.getElementById("calendar-people").textContent) : [],
    headerToolbar: {
      start: "title",
      center: "",
      end: team ? "resourceTimelineDay,resourceTimelineWeek today prev,next"
        : narrow() ? "timeGridDay,dayGridMonth today prev,next" : "timeGridWeek,dayGridMonth today prev,next",
    },
    buttonText: {
      today: words.today, dayGridMonth: words.month, timeGridWeek: words.week, timeGridDay: words.day,
      resourceTimelineWeek: words.week, resourceTimelineDay: words.day,
    },
    allDayContent: words.allDay,
    views: {
      resourceTimelineWeek: { slotDuration: { days: 1 }, slotWidth: 150 },
      resourceTimelineDay: { slotDuration: "01:00", slotWidth: 70 },
    },
    slotMinTime: "07:00",
    slotMaxTime: "20:00",
    slotDuration: "00:30",
    slotHeight: 32,
    eventContent: ({ event, timeText }) => `${event.extendedProps.starts ?? timeText.split(/[–-]/)[0].trim()} ${event.title}`,
    slotLabelInterval: "01:00",
    nowIndicator: true,
    dayMaxEvents: true,
    moreLinkContent: (info) => `${words.more} ${info.num}`,
    editable: true,
    eventDurationEditable: false,
    eventSources: [{ events: load }],
    eventDrop: drop,
    eventClick: ({ event }) => window.location.assign(`${visit}${event.id}/`),
    dateClick: ({ date, allDay, resource }) => {
      const query = new URLSearchParams({ on: dayOf(date) });
      if (!allDay && !team) query.set("starts", date.toTimeString().slice(0, 5));
      if (resource) query.set("username", resource.extendedProps.username);
      window.htmx.ajax("GET", `${plan}?${query}`, "#dialog");
    },
    datesSet: () => window.requestAnimationFrame(() => mark(place, days)),
  });
  document.addEventListener("card:changed", () => calendar.refetchEvents());
  return calendar;
}

function daysBetween({ start, end }) {
  return Math.round((end - start) / 86_400_000);
}

// In a week of many people a column is a day: visits of a day stand below each other.
function wholeDay(event) {
  const starts = event.allDay ? "" : event.start.slice(11, 16);
  const day = event.start.slice(0, 10);
  const next = new Date(`${day}T00:00:00`);
  next.setDate(next.getDate() + 1);
  return { ...event, start: day, end: dayOf(next), allDay: true, extendedProps: { ...event.extendedProps, starts } };
}

function narrow() {
  return window.matchMedia("(max-width: 640px)").matches;
}

function dayOf(date) {
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

// Days off grey, with their name.
function mark(place, days) {
  for (const cell of place.querySelectorAll("time[datetime]")) {
    const day = days.get(cell.dateTime.slice(0, 10));
    const head = cell.closest('[role="columnheader"], .ec-day-head, .ec-day') ?? cell;
    head.classList.toggle("day-off", Boolean(day) && !day.working);
    head.classList.toggle("day-adjusted", Boolean(day?.working));
    if (day?.name) head.title = day.name;
  }
}

async function reason(response) {
  if (!response) return "";
  const text = new DOMParser().parseFromString(await response.text(), "text/html");
  return text.querySelector(".field-error, .notice-bad, [data-error]")?.textContent.trim() ?? "";
}

function say(text, kind) {
  document.body.dispatchEvent(new CustomEvent("toast", { bubbles: true, detail: { text, kind } }));
}
