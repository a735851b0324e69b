/** Items and what they are made of, in the notation of `notation.ts`. */
export const itemTypes = `
ItemType = MimeContent:MimeContentType? ItemId:ItemIdType? ParentFolderId:FolderIdType? ItemClass:string? Subject:string?
  Sensitivity:SensitivityChoicesType? Body:BodyType? Attachments:NonEmptyArrayOfAttachmentsType? DateTimeReceived:dateTime?
  Size:int? Categories:ArrayOfStringsType? Importance:ImportanceChoicesType? InReplyTo:string? IsSubmitted:boolean?
  IsDraft:boolean? IsFromMe:boolean? IsResend:boolean? IsUnmodified:boolean?
  InternetMessageHeaders:NonEmptyArrayOfInternetHeadersType? DateTimeSent:dateTime? DateTimeCreated:dateTime?
  ResponseObjects:Anything? ReminderDueBy:dateTime? ReminderIsSet:boolean? ReminderNextTime:dateTime?
  ReminderMinutesBeforeStart:ReminderMinutesBeforeStartType? DisplayCc:string? DisplayTo:string? HasAttachments:boolean?
  ExtendedProperty:ExtendedPropertyType* Culture:language? EffectiveRights:EffectiveRightsType? LastModifiedName:string?
  LastModifiedTime:dateTime? IsAssociated:boolean? WebClientReadFormQueryString:string?
  WebClientEditFormQueryString:string? ConversationId:ItemIdType? UniqueBody:BodyType? Flag:FlagType?
  StoreEntryId:base64Binary? InstanceKey:base64Binary? NormalizedBody:BodyType? EntityExtractionResult:Anything?
  PolicyTag:RetentionTagType? ArchiveTag:RetentionTagType? RetentionDate:dateTime? Preview:string?
  RightsManagementLicenseData:Anything? PredictedActionReasons:Anything? IsClutter:boolean? NextPredictedAction:Anything?
  GroupingAction:Anything? BlockStatus:boolean? HasBlockedImages:boolean? TextBody:BodyType? IconIndex:string?
  MimeContentUTF8:MimeContentUTF8Type? SearchKey:base64Binary? SortKey:long? Hashtags:ArrayOfStringsType?
  Mentions:ArrayOfRecipientsType? MentionedMe:boolean? PendingSocialActivityTagIds:ArrayOfStringsType?
CalendarItemType = ...ItemType UID:string? RecurrenceId:dateTime? DateTimeStamp:dateTime? Start:dateTime? End:dateTime?
  OriginalStart:dateTime? IsAllDayEvent:boolean? LegacyFreeBusyStatus:LegacyFreeBusyType? Location:string? When:string?
  IsMeeting:boolean? IsCancelled:boolean? IsRecurring:boolean? MeetingRequestWasSent:boolean? IsResponseRequested:boolean?
  CalendarItemType:CalendarItemTypeType? MyResponseType:ResponseTypeType? Organizer:SingleRecipientType?
  RequiredAttendees:NonEmptyArrayOfAttendeesType? OptionalAttendees:NonEmptyArrayOfAttendeesType?
  Resources:NonEmptyArrayOfAttendeesType? ConflictingMeetingCount:int? AdjacentMeetingCount:int?
  ConflictingMeetings:NonEmptyArrayOfAllItemsType? AdjacentMeetings:NonEmptyArrayOfAllItemsType? Duration:string?
  TimeZone:string? AppointmentReplyTime:dateTime? AppointmentSequenceNumber:int? AppointmentState:int?
  Recurrence:RecurrenceType? FirstOccurrence:OccurrenceInfoType? LastOccurrence:OccurrenceInfoType?
  ModifiedOccurrences:NonEmptyArrayOfOccurrenceInfoType? DeletedOccurrences:NonEmptyArrayOfDeletedOccurrencesType?
  MeetingTimeZone:TimeZoneType? StartTimeZone:TimeZoneDefinitionType? EndTimeZone:TimeZoneDefinitionType?
  ConferenceType:int? AllowNewTimeProposal:boolean? IsOnlineMeeting:boolean? MeetingWorkspaceUrl:string?
  NetShowUrl:string? EnhancedLocation:EnhancedLocationType? StartWallClock:dateTime? EndWallClock:dateTime?
  StartTimeZoneId:string? EndTimeZoneId:string? IntendedFreeBusyStatus:LegacyFreeBusyType? JoinOnlineMeetingUrl:string?
  OnlineMeetingSettings:OnlineMeetingSettingsType? IsOrganizer:boolean? InboxReminders:ArrayOfInboxReminderType?
$AnyItem = Item:ItemType | Message:MessageType | CalendarItem:CalendarItemType | Contact:Anything | DistributionList:Anything |
  MeetingMessage:Anything | MeetingRequest:Anything | MeetingResponse:Anything | MeetingCancellation:Anything |
  Task:Anything | PostItem:Anything | RoleMember:Anything | Network:Anything | Person:Anything
MessageType = ...ItemType Sender:SingleRecipientType? ToRecipients:ArrayOfRecipientsType?
  CcRecipients:ArrayOfRecipientsType? BccRecipients:ArrayOfRecipientsType? IsReadReceiptRequested:boolean?
  IsDeliveryReceiptRequested:boolean? ConversationIndex:base64Binary? ConversationTopic:string? From:SingleRecipientType?
  InternetMessageId:string? IsRead:boolean? IsResponseRequested:boolean? References:string? ReplyTo:ArrayOfRecipientsType?
  ReceivedBy:SingleRecipientType? ReceivedRepresenting:SingleRecipientType? ApprovalRequestData:Anything?
  VotingInformation:Anything? ReminderMessageData:Anything?
NonEmptyArrayOfAllItemsType = ( Item:ItemType | Message:MessageType | CalendarItem:CalendarItemType | Contact:Anything |
  DistributionList:Anything | MeetingMessage:Anything | MeetingRequest:Anything | MeetingResponse:Anything |
  MeetingCancellation:Anything | Task:Anything | PostItem:Anything | ReplyToItem:ReplyToItemType |
  ForwardItem:ForwardItemType | ReplyAllToItem:ReplyAllToItemType | AcceptItem:AcceptItemType |
  TentativelyAcceptItem:TentativelyAcceptItemType | DeclineItem:DeclineItemType | CancelCalendarItem:CancelCalendarItemType |
  RemoveItem:RemoveItemType | SuppressReadReceipt:SuppressReadReceiptType | PostReplyItem:Anything |
  AcceptSharingInvitation:AcceptSharingInvitationType | RoleMember:Anything | Network:Anything | Person:Anything )+
SmartResponseType = Subject:string? Body:BodyType? ToRecipients:ArrayOfRecipientsType? CcRecipients:ArrayOfRecipientsType?
  BccRecipients:ArrayOfRecipientsType? IsReadReceiptRequested:boolean? IsDeliveryReceiptRequested:boolean?
  From:SingleRecipientType? ReferenceItemId:ItemIdType? NewBodyContent:BodyType?
MeetingAnswerType = ItemClass:string? Sensitivity:SensitivityChoicesType? Body:BodyType?
  Attachments:NonEmptyArrayOfAttachmentsType? InternetMessageHeaders:NonEmptyArrayOfInternetHeadersType?
  Sender:SingleRecipientType? ToRecipients:ArrayOfRecipientsType? CcRecipients:ArrayOfRecipientsType?
  BccRecipients:ArrayOfRecipientsType? IsReadReceiptRequested:boolean? IsDeliveryReceiptRequested:boolean?
  From:SingleRecipientType? ReferenceItemId:ItemIdType? ProposedStart:dateTime? ProposedEnd:dateTime?
ReplyToItemType = ...SmartResponseType
ForwardItemType = ...SmartResponseType
ReplyAllToItemType = ...SmartResponseType
CancelCalendarItemType = ...SmartResponseType
AcceptItemType = ...MeetingAnswerType
TentativelyAcceptItemType = ...MeetingAnswerType
DeclineItemType = ...MeetingAnswerType
SuppressReadReceiptType = ...ReferenceType
AcceptSharingInvitationType = ...ReferenceType
RemoveItemType = @ObjectName:string ...MessageType ReferenceItemId:ItemIdType?
ReferenceType = @ObjectName:string ReferenceItemId:ItemIdType?
MimeContentUTF8Type = ...MimeContentType
MimeContentType = @CharacterSet:string =string
BodyType = @BodyType:BodyTypeType! @IsTruncated:boolean =string
ArrayOfStringsType = String:string*
NonEmptyArrayOfInternetHeadersType = InternetMessageHeader:InternetHeaderType+
InternetHeaderType = @HeaderName:string! =string
EffectiveRightsType = CreateAssociated:boolean CreateContents:boolean CreateHierarchy:boolean Delete:boolean Modify:boolean
  Read:boolean ViewPrivateItems:boolean?
FlagType = FlagStatus:FlagStatusType StartDate:dateTime? DueDate:dateTime? CompleteDate:dateTime?
RetentionTagType = @IsExplicit:boolean! =GuidType
ArrayOfRecipientsType = Mailbox:EmailAddressType*
SingleRecipientType = Mailbox:EmailAddressType
EmailAddressType = Name:string? EmailAddress:NonEmptyStringType? RoutingType:NonEmptyStringType? MailboxType:MailboxTypeType?
  ItemId:ItemIdType? OriginalDisplayName:string?
NonEmptyArrayOfAttendeesType = Attendee:AttendeeType+
AttendeeType = Mailbox:EmailAddressType ResponseType:ResponseTypeType? LastResponseTime:dateTime? ProposedStart:dateTime?
  ProposedEnd:dateTime?
EnhancedLocationType = DisplayName:string? Annotation:string? PostalAddress:PersonaPostalAddressType?
PersonaPostalAddressType = Street:string? City:string? State:string? Country:string? PostalCode:string? PostOfficeBox:string?
  Type:string? Latitude:double? Longitude:double? Accuracy:double? Altitude:double? AltitudeAccuracy:double?
  FormattedAddress:string? LocationUri:string? LocationSource:LocationSourceType?
OnlineMeetingSettingsType = LobbyBypass:LobbyBypassType AccessLevel:OnlineMeetingAccessLevelType Presenters:PresentersType
ArrayOfInboxReminderType = InboxReminder:InboxReminderType*
InboxReminderType = Id:GuidType? ReminderOffset:int? Message:string? IsOrganizerReminder:boolean?
  OccurrenceChange:EmailReminderChangeType? IsImportedFromOLC:boolean? SendOption:EmailReminderSendOption?
ExtendedPropertyType = ExtendedFieldURI:PathToExtendedFieldType ( Value:string | Values:NonEmptyArrayOfPropertyValuesType )
NonEmptyArrayOfPropertyValuesType = Value:string+
NonEmptyArrayOfAttachmentsType = ( ItemAttachment:ItemAttachmentType | FileAttachment:FileAttachmentType |
  ReferenceAttachment:ReferenceAttachmentType )+
AttachmentType = AttachmentId:AttachmentIdType? Name:string? ContentType:string? ContentId:string? ContentLocation:string?
  Size:int? LastModifiedTime:dateTime? IsInline:boolean?
ItemAttachmentType = ...AttachmentType $AnyItem?
FileAttachmentType = ...AttachmentType IsContactPhoto:boolean? Content:base64Binary?
ReferenceAttachmentType = ...AttachmentType AttachLongPathName:string? ProviderType:string? ProviderEndpointUrl:string?
  AttachmentThumbnailUrl:string? AttachmentPreviewUrl:string? PermissionType:int? AttachmentIsFolder:boolean?
AttachmentIdType = @RootItemId:string @RootItemChangeKey:string @Id:string!
`;
