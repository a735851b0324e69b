const BERLIN = '<t:StartTimeZone Id="W. Europe Standard Time"/><t:EndTimeZone Id="W. Europe Standard Time"/>';

/** A series that begins at ten o'clock in Berlin. */
export function series(
  pattern: string,
  range: string,
  more: { start?: string; end?: string; zone?: string } = {},
): string {
  const { start = '2026-01-05T10:00:00', end = '2026-01-05T11:00:00', zone = BERLIN } = more;
  return (
    `<t:Subject>series</t:Subject><t:Start>${start}</t:Start><t:End>${end}</t:End>` +
    `<t:Recurrence>${pattern}${range}</t:Recurrence>${zone}`
  );
}

export const noEnd = (start = '2026-01-05') =>
  `<t:NoEndRecurrence><t:StartDate>${start}</t:StartDate></t:NoEndRecurrence>`;
export const until = (end: string, start = '2026-01-05') =>
  `<t:EndDateRecurrence><t:StartDate>${start}</t:StartDate><t:EndDate>${end}</t:EndDate></t:EndDateRecurrence>`;
export const times = (count: number, start = '2026-01-05') =>
  `<t:NumberedRecurrence><t:StartDate>${start}</t:StartDate><t:NumberOfOccurrences>${count}</t:NumberOfOccurrences></t:NumberedRecurrence>`;
export const daily = (interval = 1) => `<t:DailyRecurrence><t:Interval>${interval}</t:Interval></t:DailyRecurrence>`;
export const weekly = (days: string, interval = 1, first = 'Monday') =>
  `<t:WeeklyRecurrence><t:Interval>${interval}</t:Interval><t:DaysOfWeek>${days}</t:DaysOfWeek><t:FirstDayOfWeek>${first}</t:FirstDayOfWeek></t:WeeklyRecurrence>`;
export const monthly = (day: number, interval = 1) =>
  `<t:AbsoluteMonthlyRecurrence><t:Interval>${interval}</t:Interval><t:DayOfMonth>${day}</t:DayOfMonth></t:AbsoluteMonthlyRecurrence>`;
export const monthlyNth = (day: string, index: string, interval = 1) =>
  `<t:RelativeMonthlyRecurrence><t:Interval>${interval}</t:Interval><t:DaysOfWeek>${day}</t:DaysOfWeek><t:DayOfWeekIndex>${index}</t:DayOfWeekIndex></t:RelativeMonthlyRecurrence>`;
export const yearly = (day: number, month: string) =>
  `<t:AbsoluteYearlyRecurrence><t:DayOfMonth>${day}</t:DayOfMonth><t:Month>${month}</t:Month></t:AbsoluteYearlyRecurrence>`;
export const yearlyNth = (day: string, index: string, month: string) =>
  `<t:RelativeYearlyRecurrence><t:DaysOfWeek>${day}</t:DaysOfWeek><t:DayOfWeekIndex>${index}</t:DayOfWeekIndex><t:Month>${month}</t:Month></t:RelativeYearlyRecurrence>`;
