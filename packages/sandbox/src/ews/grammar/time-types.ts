/** Recurrences and time zones, in the notation of `notation.ts`. */
export const timeTypes = `
RecurrenceType = ( RelativeYearlyRecurrence:RelativeYearlyRecurrencePatternType |
  AbsoluteYearlyRecurrence:AbsoluteYearlyRecurrencePatternType |
  RelativeMonthlyRecurrence:RelativeMonthlyRecurrencePatternType |
  AbsoluteMonthlyRecurrence:AbsoluteMonthlyRecurrencePatternType | WeeklyRecurrence:WeeklyRecurrencePatternType |
  DailyRecurrence:DailyRecurrencePatternType )
  ( NoEndRecurrence:NoEndRecurrenceRangeType | EndDateRecurrence:EndDateRecurrenceRangeType |
  NumberedRecurrence:NumberedRecurrenceRangeType )
RelativeYearlyRecurrencePatternType = DaysOfWeek:DayOfWeekType DayOfWeekIndex:DayOfWeekIndexType Month:MonthNamesType
AbsoluteYearlyRecurrencePatternType = DayOfMonth:int Month:MonthNamesType
RelativeMonthlyRecurrencePatternType = Interval:int DaysOfWeek:DayOfWeekType DayOfWeekIndex:DayOfWeekIndexType
AbsoluteMonthlyRecurrencePatternType = Interval:int DayOfMonth:int
WeeklyRecurrencePatternType = Interval:int DaysOfWeek:DaysOfWeekType FirstDayOfWeek:DayOfWeekType?
DailyRecurrencePatternType = Interval:int
NoEndRecurrenceRangeType = StartDate:date
EndDateRecurrenceRangeType = StartDate:date EndDate:date
NumberedRecurrenceRangeType = StartDate:date NumberOfOccurrences:int
OccurrenceInfoType = ItemId:ItemIdType Start:dateTime End:dateTime OriginalStart:dateTime
NonEmptyArrayOfOccurrenceInfoType = Occurrence:OccurrenceInfoType+
NonEmptyArrayOfDeletedOccurrencesType = DeletedOccurrence:DeletedOccurrenceInfoType+
DeletedOccurrenceInfoType = Start:dateTime
TimeZoneType = @TimeZoneName:string ( BaseOffset:duration ( Standard:TimeChangeType Daylight:TimeChangeType )? )?
TimeChangeType = @TimeZoneName:string Offset:duration
  ( RelativeYearlyRecurrence:RelativeYearlyRecurrencePatternType | AbsoluteDate:date )? Time:time
TimeZoneContextType = TimeZoneDefinition:TimeZoneDefinitionType
TimeZoneDefinitionType = @Id:string @Name:string
  ( Periods:NonEmptyArrayOfPeriodsType TransitionsGroups:ArrayOfTransitionsGroupsType? Transitions:ArrayOfTransitionsType? )?
NonEmptyArrayOfPeriodsType = Period:PeriodType+
PeriodType = @Bias:duration @Name:string @Id:string
ArrayOfTransitionsGroupsType = TransitionsGroup:ArrayOfTransitionsType+
ArrayOfTransitionsType = @Id:string $Transition+
$Transition = Transition:TransitionType | AbsoluteDateTransition:AbsoluteDateTransitionType |
  RecurringDayTransition:RecurringDayTransitionType | RecurringDateTransition:RecurringDateTransitionType
TransitionType = To:TransitionTargetType
AbsoluteDateTransitionType = To:TransitionTargetType DateTime:dateTime
RecurringDayTransitionType = To:TransitionTargetType TimeOffset:duration Month:int DayOfWeek:DayOfWeekType Occurrence:int
RecurringDateTransitionType = To:TransitionTargetType TimeOffset:duration Month:int Day:int
TransitionTargetType = @Kind:TransitionTargetKindType! =string
NonEmptyArrayOfTimeZoneIdType = Id:string+
`;
