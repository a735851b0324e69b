"""Reads every item of a calendar with exchangelib, and prints what it says as JSON, by UID."""

import base64
import json
import sys
import warnings

from exchangelib import BASIC, IMPERSONATION, Account, CalendarItem, Configuration, Credentials, ExtendedProperty

warnings.simplefilter("ignore")
url, user, password, address, property_set, *properties = sys.argv[1:]


def register(name, kind):
    attributes = {"property_set_id": property_set, "property_name": name, "property_type": kind}
    CalendarItem.register("custom_" + name.lower(), type(name, (ExtendedProperty,), attributes))


for entry in properties:
    register(*entry.split(":"))

account = Account(
    address,
    config=Configuration(service_endpoint=url, credentials=Credentials(user, password), auth_type=BASIC),
    access_type=IMPERSONATION,
)


def plain(value):
    if hasattr(value, "ewsformat"):
        return value.ewsformat()
    return value if isinstance(value, (bool, int)) else str(value)


def people(attendees):
    return [[a.mailbox.email_address, a.mailbox.name] for a in attendees or []]


def attachment(a):
    return [a.name, a.content_type, a.content_id, a.is_inline, base64.b64encode(a.content).decode()]


def recurrence(r):
    if r is None:
        return None
    parts = (r.pattern, r.boundary)
    return {
        type(part).__name__: {f.name: plain_part(getattr(part, f.name)) for f in part.FIELDS} for part in parts
    }


def plain_part(value):
    if isinstance(value, list):
        return [plain(one) for one in value]
    # Dates of ranges are read as moments.
    return value.ewsformat()[:10] if hasattr(value, "ewsformat") else plain(value)


found = {}
for item in account.calendar.all():
    found[item.uid] = {
        "subject": item.subject,
        "body": [type(item.body).__name__, str(item.body)] if item.body else None,
        "location": item.location,
        "start": plain(item.start),
        "end": plain(item.end),
        "zone": str(item._start_timezone),
        "isAllDay": item.is_all_day,
        "required": people(item.required_attendees),
        "optional": people(item.optional_attendees),
        "resources": people(item.resources),
        "reminder": item.reminder_minutes_before_start if item.reminder_is_set else None,
        "showAs": item.legacy_free_busy_status,
        "sensitivity": item.sensitivity,
        "importance": item.importance,
        "categories": item.categories or [],
        "responseRequested": item.is_response_requested,
        "newTimeProposalsAllowed": item.allow_new_time_proposal,
        "attachments": [attachment(a) for a in item.attachments],
        "recurrence": recurrence(item.recurrence),
        "properties": {
            entry.split(":")[0]: plain(getattr(item, "custom_" + entry.split(":")[0].lower()))
            for entry in properties
            if getattr(item, "custom_" + entry.split(":")[0].lower()) is not None
        },
    }
json.dump(found, sys.stdout)
