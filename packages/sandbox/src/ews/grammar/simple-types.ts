import { TYPES } from '../namespaces.js';
import { parseDate, parseDateTime, parseDuration } from '../xml-values.js';

/** Enumerations: the values, in the documentation's order. */
const ENUMERATIONS = `
AffectedTaskOccurrencesType AllOccurrences SpecifiedOccurrenceOnly
AggregateType Minimum Maximum
BodyTypeResponseType Best HTML Text
BodyTypeType HTML Text
CalendarItemCreateOrDeleteOperationType SendToNone SendOnlyToAll SendToAllAndSaveCopy
CalendarItemTypeType Single Occurrence Exception RecurringMaster
CalendarItemUpdateOperationType SendToNone SendOnlyToAll SendOnlyToChanged SendToAllAndSaveCopy SendToChangedAndSaveCopy
ConflictResolutionType NeverOverwrite AutoResolve AlwaysOverwrite
ContainmentComparisonType Exact IgnoreCase IgnoreNonSpacingCharacters Loose IgnoreCaseAndNonSpacingCharacters LooseAndIgnoreCase LooseAndIgnoreNonSpace LooseAndIgnoreCaseAndIgnoreNonSpace
ContainmentModeType FullString Prefixed Substring PrefixOnWords ExactPhrase
DateTimePrecisionType Seconds Milliseconds
DayOfWeekIndexType First Second Third Fourth Last
DayOfWeekType Sunday Monday Tuesday Wednesday Thursday Friday Saturday Day Weekday WeekendDay
DefaultShapeNamesType IdOnly Default AllProperties
DisposalType HardDelete SoftDelete MoveToDeletedItems
DistinguishedFolderIdNameType calendar contacts deleteditems drafts inbox journal notes outbox sentitems tasks msgfolderroot publicfoldersroot root junkemail searchfolders voicemail recoverableitemsroot recoverableitemsdeletions recoverableitemsversions recoverableitemspurges recoverableitemsdiscoveryholds archiveroot archivemsgfolderroot archivedeleteditems archiveinbox archiverecoverableitemsroot archiverecoverableitemsdeletions archiverecoverableitemsversions archiverecoverableitemspurges archiverecoverableitemsdiscoveryholds syncissues conflicts localfailures serverfailures recipientcache quickcontacts conversationhistory adminauditlogs todosearch mycontacts directory imcontactlist peopleconnect favorites mecontact personmetadata
DistinguishedPropertySetType Meeting Appointment Common PublicStrings Address InternetHeaders CalendarAssistant UnifiedMessaging Task Sharing
EmailReminderChangeType None Added Override Deleted
EmailReminderSendOption NotSet User AllAttendees Staff Customer
FlagStatusType NotFlagged Flagged Complete
FolderQueryTraversalType Shallow Deep SoftDeleted
FreeBusyViewType None MergedOnly FreeBusy FreeBusyMerged Detailed DetailedMerged
IdFormatType EwsLegacyId EwsId EntryId HexEntryId StoreId OwaId
ImportanceChoicesType Low Normal High
IndexBasePointType Beginning End
ItemQueryTraversalType Shallow SoftDeleted Associated
LegacyFreeBusyType Free Tentative Busy OOF WorkingElsewhere NoData
LobbyBypassType Disabled EnabledForGatewayParticipants
LocationSourceType None LocationServices PhonebookServices Device Contact Resource
MailboxTypeType Unknown OneOff Mailbox PublicDL PrivateDL Contact PublicFolder GroupMailbox
MapiPropertyTypeType ApplicationTime ApplicationTimeArray Binary BinaryArray Boolean CLSID CLSIDArray Currency CurrencyArray Double DoubleArray Error Float FloatArray Integer IntegerArray Long LongArray Null Object ObjectArray Short ShortArray SystemTime SystemTimeArray String StringArray
MeetingAttendeeType Organizer Required Optional Room Resource
MessageDispositionType SaveOnly SendOnly SendAndSaveCopy
MonthNamesType January February March April May June July August September October November December
OnlineMeetingAccessLevelType Locked Invited Internal Everyone
PresentersType Disabled Internal Everyone
ResolveNamesSearchScopeType ActiveDirectory ActiveDirectoryContacts Contacts ContactsActiveDirectory
ResponseTypeType Unknown Organizer Tentative Accept Decline NoResponseReceived
SensitivityChoicesType Normal Personal Private Confidential
SortDirectionType Ascending Descending
StandardGroupByType ConversationTopic
SuggestionQuality Excellent Good Fair Poor
TransitionTargetKindType Period Group
DictionaryURIType item:InternetMessageHeader contacts:ImAddress contacts:PhysicalAddress:Street contacts:PhysicalAddress:City contacts:PhysicalAddress:State contacts:PhysicalAddress:CountryOrRegion contacts:PhysicalAddress:PostalCode contacts:PhoneNumber contacts:EmailAddress distributionlist:Members:Member
`;

/** Paths of properties, by family; those of kinds that the sandbox does not keep are known by the family alone. */
const FIELD_URIS = `
folder FolderId ParentFolderId DisplayName UnreadCount TotalCount ChildFolderCount FolderClass SearchParameters ManagedFolderInformation PermissionSet EffectiveRights SharingEffectiveRights DistinguishedFolderId PolicyTag ArchiveTag ReplicaList
item ItemId ParentFolderId ItemClass MimeContent Attachments Subject DateTimeReceived Size Categories HasAttachments Importance InReplyTo InternetMessageHeaders IsAssociated IsDraft IsFromMe IsResend IsSubmitted IsUnmodified DateTimeSent DateTimeCreated Body ResponseObjects Sensitivity ReminderDueBy ReminderIsSet ReminderNextTime ReminderMinutesBeforeStart DisplayTo DisplayCc Culture EffectiveRights LastModifiedName LastModifiedTime ConversationId UniqueBody Flag StoreEntryId InstanceKey NormalizedBody EntityExtractionResult PolicyTag ArchiveTag RetentionDate Preview NextPredictedAction GroupingAction PredictedActionReason IsClutter RightsManagementLicenseData BlockStatus HasBlockedImages WebClientReadFormQueryString WebClientEditFormQueryString TextBody IconIndex MimeContentUTF8 Hashtags Mentions MentionedMe PendingSocialActivityTagIds
message ConversationIndex ConversationTopic InternetMessageId IsRead IsResponseRequested IsReadReceiptRequested IsDeliveryReceiptRequested ReceivedBy ReceivedRepresenting References ReplyTo From Sender ToRecipients CcRecipients BccRecipients ApprovalRequestData VotingInformation ReminderMessageData
meeting AssociatedCalendarItemId IsDelegated IsOutOfDate HasBeenProcessed ResponseType ProposedStart ProposedEnd
meetingRequest MeetingRequestType IntendedFreeBusyStatus ChangeHighlights
calendar Start End OriginalStart StartWallClock EndWallClock StartTimeZoneId EndTimeZoneId IsAllDayEvent LegacyFreeBusyStatus Location EnhancedLocation When IsMeeting IsCancelled IsRecurring MeetingRequestWasSent IsResponseRequested CalendarItemType MyResponseType Organizer RequiredAttendees OptionalAttendees Resources ConflictingMeetingCount AdjacentMeetingCount ConflictingMeetings AdjacentMeetings InboxReminders Duration TimeZone AppointmentReplyTime AppointmentSequenceNumber AppointmentState Recurrence FirstOccurrence LastOccurrence ModifiedOccurrences DeletedOccurrences MeetingTimeZone ConferenceType AllowNewTimeProposal IsOnlineMeeting MeetingWorkspaceUrl NetShowUrl UID RecurrenceId DateTimeStamp StartTimeZone EndTimeZone JoinOnlineMeetingUrl OnlineMeetingSettings IsOrganizer
`;

const OTHER_FAMILIES =
  /^(task|contacts|distributionlist|postitem|conversation|person|persona|rolemember|network|abchperson|booking|insight):\w/;
const GUID = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;

/** Says what is wrong with a value, in the words of .NET's validator; undefined if nothing is. */
type Check = (value: string) => string | undefined;

const ENUMERATION_FAILED = 'The Enumeration constraint failed.';
const PATTERN_FAILED = 'The Pattern constraint failed.';

const fieldUris = new Set(
  rows(FIELD_URIS).flatMap(([family = '', ...names]) => names.map((name) => `${family}:${name}`)),
);

const isInt = (value: string) => /^[+-]?\d+$/.test(value) && Math.abs(Number(value)) <= 2 ** 31;
const valid = (isValid: (value: string) => boolean, type: string): Check => {
  return (value) => (isValid(value) ? undefined : `The string '${value}' is not a valid ${type} value.`);
};
const only = (isAllowed: (value: string) => boolean, reason: string): Check => {
  return (value) => (isAllowed(value) ? undefined : reason);
};

/** XML Schema's own types, by the names that messages call them. */
const BUILT_IN: Readonly<Record<string, Check>> = {
  string: () => undefined,
  language: only((value) => /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/.test(value), PATTERN_FAILED),
  boolean: valid((value) => /^(true|false|0|1)$/.test(value), 'Boolean'),
  int: valid(isInt, 'Int32'),
  long: valid((value) => /^[+-]?\d{1,19}$/.test(value), 'Int64'),
  double: valid((value) => value !== '' && (!Number.isNaN(Number(value)) || /^-?INF$|^NaN$/.test(value)), 'Double'),
  dateTime: valid((value) => parseDateTime(value) !== undefined, 'AllXsd'),
  date: valid((value) => parseDate(value) !== undefined, 'Date'),
  time: valid((value) => parseDateTime(`2000-01-01T${value}`) !== undefined, 'Time'),
  duration: valid((value) => parseDuration(value) !== undefined, 'TimeSpan'),
  base64Binary: valid(
    (value) => /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value) && value.replaceAll(/\s/g, '').length % 4 === 0,
    'Base64',
  ),
};

const RESTRICTED: Readonly<Record<string, Check>> = {
  NonEmptyStringType: only((value) => value.length > 0, 'The actual length is less than the MinLength value.'),
  GuidType: only((value) => GUID.test(value), PATTERN_FAILED),
  PropertyTagType: only(
    (value) => /^0[xX][0-9A-Fa-f]{1,4}$/.test(value) || (/^\s*\d+\s*$/.test(value) && Number(value) < 65_536),
    PATTERN_FAILED,
  ),
  ExcludesAttributeType: only((value) => /^0[xX][0-9A-Fa-f]*$|^[0-9]*$/.test(value), PATTERN_FAILED),
  ReminderMinutesBeforeStartType: only(
    (value) => isInt(value.trim()) && Number(value) >= 0 && Number(value) <= 2_629_800,
    'The MinInclusive or MaxInclusive constraint failed.',
  ),
  UnindexedFieldURIType: only((value) => fieldUris.has(value) || OTHER_FAMILIES.test(value), ENUMERATION_FAILED),
  DaysOfWeekType: only(
    (value) => words(value).every((word) => enumerations.get('DayOfWeekType')?.has(word)),
    ENUMERATION_FAILED,
  ),
  UserConfigurationPropertyType: only(
    (value) => words(value).every((word) => ['Id', 'Dictionary', 'XmlData', 'BinaryData', 'All'].includes(word)),
    ENUMERATION_FAILED,
  ),
};

const enumerations = new Map(rows(ENUMERATIONS).map(([name = '', ...values]) => [name, new Set(values)]));

/** A type of text. */
export interface SimpleType {
  readonly name: string;
  /** XML Schema's own types have another than Exchange's. */
  readonly namespace: string;
  /** Says why a text is no value of the type; undefined if it is one. */
  readonly check: Check;
}

const known = new Map<string, SimpleType>();

/** The simple type of that name. White space around a value counts for what is made of strings, and not for the others. */
export function simpleType(name: string): SimpleType {
  let type = known.get(name);
  if (type === undefined) known.set(name, (type = { name, namespace: namespaceOfType(name), check: checkOf(name) }));
  return type;
}

function checkOf(name: string): Check {
  const values = enumerations.get(name);
  if (values !== undefined) return only((value) => values.has(value), ENUMERATION_FAILED);
  const check = RESTRICTED[name] ?? BUILT_IN[name];
  if (check === undefined) throw new Error(`the grammar has no simple type ${name}`);
  return name in RESTRICTED || name === 'string' ? check : (value) => check(value.trim());
}

export function isSimple(name: string): boolean {
  return enumerations.has(name) || name in BUILT_IN || name in RESTRICTED;
}

function namespaceOfType(name: string): string {
  return name in BUILT_IN ? 'http://www.w3.org/2001/XMLSchema' : TYPES;
}

function rows(text: string): string[][] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
