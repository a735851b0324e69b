/** The requests of the operations that are served, in the notation of `notation.ts`. A type is named after its element. */
export const requestTypes = `
CreateItem = @MessageDisposition:MessageDispositionType @SendMeetingInvitations:CalendarItemCreateOrDeleteOperationType
  SavedItemFolderId:TargetFolderIdType? Items:NonEmptyArrayOfAllItemsType
GetItem = ItemShape:ItemResponseShapeType ItemIds:NonEmptyArrayOfBaseItemIdsType
FindItem = @Traversal:ItemQueryTraversalType! ItemShape:ItemResponseShapeType
  ( IndexedPageItemView:IndexedPageViewType | FractionalPageItemView:FractionalPageViewType |
  SeekToConditionPageItemView:SeekToConditionPageViewType | CalendarView:CalendarViewType |
  ContactsView:ContactsViewType )?
  ( GroupBy:GroupByType | DistinguishedGroupBy:DistinguishedGroupByType )? Restriction:RestrictionType?
  SortOrder:NonEmptyArrayOfFieldOrdersType? ParentFolderIds:NonEmptyArrayOfBaseFolderIdsType QueryString:QueryStringType?
UpdateItem = @ConflictResolution:ConflictResolutionType! @MessageDisposition:MessageDispositionType
  @SendMeetingInvitationsOrCancellations:CalendarItemUpdateOperationType @SuppressReadReceipts:boolean
  SavedItemFolderId:TargetFolderIdType? ItemChanges:NonEmptyArrayOfItemChangesType
DeleteItem = @DeleteType:DisposalType! @SendMeetingCancellations:CalendarItemCreateOrDeleteOperationType
  @AffectedTaskOccurrences:AffectedTaskOccurrencesType @SuppressReadReceipts:boolean ItemIds:NonEmptyArrayOfBaseItemIdsType
MoveItem = ToFolderId:TargetFolderIdType ItemIds:NonEmptyArrayOfBaseItemIdsType ReturnNewItemIds:boolean?
CopyItem = ToFolderId:TargetFolderIdType ItemIds:NonEmptyArrayOfBaseItemIdsType ReturnNewItemIds:boolean?
GetFolder = FolderShape:FolderResponseShapeType FolderIds:NonEmptyArrayOfBaseFolderIdsType
FindFolder = @Traversal:FolderQueryTraversalType! FolderShape:FolderResponseShapeType
  ( IndexedPageFolderView:IndexedPageViewType | FractionalPageFolderView:FractionalPageViewType )?
  Restriction:RestrictionType? ParentFolderIds:NonEmptyArrayOfBaseFolderIdsType
ConvertId = @DestinationFormat:IdFormatType! SourceIds:NonEmptyArrayOfAlternateIdsType
ResolveNames = @ReturnFullContactData:boolean! @SearchScope:ResolveNamesSearchScopeType
  @ContactDataShape:DefaultShapeNamesType ParentFolderIds:NonEmptyArrayOfBaseFolderIdsType? UnresolvedEntry:NonEmptyStringType
GetUserAvailabilityRequest = t.TimeZone:SerializableTimeZone? MailboxDataArray:ArrayOfMailboxData
  t.FreeBusyViewOptions:FreeBusyViewOptionsType? t.SuggestionsViewOptions:SuggestionsViewOptionsType?
GetUserConfiguration = UserConfigurationName:UserConfigurationNameType
  UserConfigurationProperties:UserConfigurationPropertyType
GetServerTimeZones = @ReturnFullTimeZoneData:boolean Ids:NonEmptyArrayOfTimeZoneIdType?
CreateAttachment = ParentItemId:ItemIdType Attachments:NonEmptyArrayOfAttachmentsType
GetAttachment = AttachmentShape:AttachmentResponseShapeType? AttachmentIds:NonEmptyArrayOfRequestAttachmentIdsType
DeleteAttachment = AttachmentIds:NonEmptyArrayOfRequestAttachmentIdsType
QueryStringType = @ResetCache:boolean @ReturnHighlightTerms:boolean @ReturnDeletedItems:boolean =string
`;
