/**
 * What bodies may contain, from the published metadata of Microsoft Graph v1.0, one line a type:
 *
 *     attendee = ...recipient type:attendeeType proposedNewTime:timeSlot
 *
 * - `name:type` is a property; `*` makes it a list, `^` one that only the server sets: it may come, and is not read.
 * - `...type` stands for all that another type has.
 * - `name = a | b` lists the members of an enumeration.
 */
export const PUBLISHED_METADATA = `
event = ...outlookItem subject:String body:itemBody bodyPreview:String^ start:dateTimeTimeZone end:dateTimeTimeZone
  isAllDay:Boolean location:location locations:location* attendees:attendee* recurrence:patternedRecurrence
  isReminderOn:Boolean reminderMinutesBeforeStart:Int32 showAs:freeBusyStatus sensitivity:sensitivity
  importance:importance responseRequested:Boolean allowNewTimeProposals:Boolean hideAttendees:Boolean isDraft:Boolean
  isOnlineMeeting:Boolean onlineMeetingProvider:onlineMeetingProviderType transactionId:String
  singleValueExtendedProperties:singleValueLegacyExtendedProperty*
  multiValueExtendedProperties:multiValueLegacyExtendedProperty* attachments:attachment* extensions:extension*
  organizer:recipient^ iCalUId:String^ hasAttachments:Boolean^ isCancelled:Boolean^ isOrganizer:Boolean^
  originalStart:DateTimeOffset^ originalStartTimeZone:String^ originalEndTimeZone:String^
  onlineMeeting:onlineMeetingInfo^ onlineMeetingUrl:String^ responseStatus:responseStatus^ seriesMasterId:String^
  type:eventType^ webLink:String^ cancelledOccurrences:String*^ calendar:calendar^
  exceptionOccurrences:event*^ instances:event*^
outlookItem = id:String^ changeKey:String^ createdDateTime:DateTimeOffset^ lastModifiedDateTime:DateTimeOffset^
  categories:String*
itemBody = contentType:bodyType content:String
dateTimeTimeZone = dateTime:String timeZone:String
location = displayName:String locationEmailAddress:String address:physicalAddress coordinates:outlookGeoCoordinates
  locationUri:String locationType:locationType uniqueId:String uniqueIdType:locationUniqueIdType
physicalAddress = street:String city:String state:String countryOrRegion:String postalCode:String
outlookGeoCoordinates = latitude:Double longitude:Double accuracy:Double altitude:Double altitudeAccuracy:Double
recipient = emailAddress:emailAddress
emailAddress = name:String address:String
attendee = ...recipient type:attendeeType status:responseStatus^ proposedNewTime:timeSlot^
responseStatus = response:responseType time:DateTimeOffset
timeSlot = start:dateTimeTimeZone end:dateTimeTimeZone
patternedRecurrence = pattern:recurrencePattern range:recurrenceRange
recurrencePattern = type:recurrencePatternType interval:Int32 month:Int32 dayOfMonth:Int32 daysOfWeek:dayOfWeek*
  firstDayOfWeek:dayOfWeek index:weekIndex
recurrenceRange = type:recurrenceRangeType startDate:Date endDate:Date recurrenceTimeZone:String
  numberOfOccurrences:Int32
singleValueLegacyExtendedProperty = id:String value:String
multiValueLegacyExtendedProperty = id:String value:String*
attachment = id:String^ lastModifiedDateTime:DateTimeOffset^ name:String contentType:String size:Int32^
  isInline:Boolean
fileAttachment = ...attachment contentId:String contentLocation:String contentBytes:Binary
onlineMeetingInfo = joinUrl:String phones:phone* conferenceId:String tollNumber:String tollFreeNumbers:String* quickDial:String
phone = number:String type:String
calendar = id:String^ name:String
extension = id:String^ extensionName:String
cancelParameters = comment:String
bodyType = text | html
attendeeType = required | optional | resource
freeBusyStatus = unknown | free | tentative | busy | oof | workingElsewhere
sensitivity = normal | personal | private | confidential
importance = low | normal | high
onlineMeetingProviderType = unknown | skypeForBusiness | skypeForConsumer | teamsForBusiness
locationType = default | conferenceRoom | homeAddress | businessAddress | geoCoordinates | streetAddress | hotel |
  restaurant | localBusiness | postalAddress
locationUniqueIdType = unknown | locationStore | directory | private | bing
responseType = none | organizer | tentativelyAccepted | accepted | declined | notResponded
eventType = singleInstance | occurrence | exception | seriesMaster
dayOfWeek = sunday | monday | tuesday | wednesday | thursday | friday | saturday
weekIndex = first | second | third | fourth | last
recurrencePatternType = daily | weekly | absoluteMonthly | relativeMonthly | absoluteYearly | relativeYearly
recurrenceRangeType = endDate | noEnd | numbered
`;
