/**
 * Free/busy times, in the notation of `notation.ts`. Microsoft's published schemas leave them out; these are of the
 * documentation of GetUserAvailability.
 */
export const availabilityTypes = `
SerializableTimeZone = Bias:int StandardTime:SerializableTimeZoneTime DaylightTime:SerializableTimeZoneTime
SerializableTimeZoneTime = Bias:int Time:string DayOrder:int Month:int DayOfWeek:DayOfWeekType Year:string?
ArrayOfMailboxData = MailboxData:MailboxData*
MailboxData = Email:EmailAddress AttendeeType:MeetingAttendeeType ExcludeConflicts:boolean?
EmailAddress = Name:string? Address:string RoutingType:string?
FreeBusyViewOptionsType = TimeWindow:Duration MergedFreeBusyIntervalInMinutes:int? RequestedView:FreeBusyViewType?
Duration = StartTime:dateTime EndTime:dateTime
SuggestionsViewOptionsType = GoodThreshold:int? MaximumResultsByDay:int? MaximumNonWorkHourResultsByDay:int?
  MeetingDurationInMinutes:int? MinimumSuggestionQuality:SuggestionQuality? DetailedSuggestionsWindow:Duration
  CurrentMeetingTime:dateTime? GlobalObjectId:string?
`;
