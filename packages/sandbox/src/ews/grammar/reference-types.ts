/** Ids, paths, shapes, views, searches and the header, in the notation of `notation.ts`. */
export const referenceTypes = `
ItemIdType = @Id:string! @ChangeKey:string
OccurrenceItemIdType = @RecurringMasterId:string! @ChangeKey:string @InstanceIndex:int!
RecurringMasterItemIdType = @OccurrenceId:string! @ChangeKey:string
RecurringMasterItemIdRangesType = @Id:string! @ChangeKey:string Ranges:ArrayOfOccurrenceRangesType?
ArrayOfOccurrenceRangesType = Range:OccurrencesRangeType+
OccurrencesRangeType = @Start:dateTime @End:dateTime @Count:int @CompareOriginalStartTime:boolean
NonEmptyArrayOfBaseItemIdsType = ( ItemId:ItemIdType | OccurrenceItemId:OccurrenceItemIdType |
  RecurringMasterItemId:RecurringMasterItemIdType | RecurringMasterItemIdRanges:RecurringMasterItemIdRangesType )+
FolderIdType = @Id:string! @ChangeKey:string
DistinguishedFolderIdType = @Id:DistinguishedFolderIdNameType! @ChangeKey:string Mailbox:EmailAddressType?
AddressListIdType = @Id:string!
ConsumerCalendarIdType = @OwnerPuid:long! @OwnerCid:long @CalendarGuid:GuidType!
NonEmptyArrayOfBaseFolderIdsType = ( FolderId:FolderIdType | DistinguishedFolderId:DistinguishedFolderIdType )+
TargetFolderIdType = ( FolderId:FolderIdType | DistinguishedFolderId:DistinguishedFolderIdType |
  AddressListId:AddressListIdType | ConsumerCalendarId:ConsumerCalendarIdType )
NonEmptyArrayOfRequestAttachmentIdsType = AttachmentId:RequestAttachmentIdType+
# The published schema has the Id alone; servers take the whole AttachmentId that they gave, and clients send it.
RequestAttachmentIdType = @Id:string! @RootItemId:string @RootItemChangeKey:string
NonEmptyArrayOfAlternateIdsType = ( AlternateId:AlternateIdType | AlternatePublicFolderId:AlternatePublicFolderIdType |
  AlternatePublicFolderItemId:AlternatePublicFolderItemIdType )+
AlternateIdType = @Id:string! @Mailbox:NonEmptyStringType! @IsArchive:boolean @Format:IdFormatType!
AlternatePublicFolderIdType = @FolderId:string! @Format:IdFormatType!
AlternatePublicFolderItemIdType = @ItemId:string! @FolderId:string! @Format:IdFormatType!
$Path = FieldURI:PathToUnindexedFieldType | IndexedFieldURI:PathToIndexedFieldType |
  ExtendedFieldURI:PathToExtendedFieldType
PathToUnindexedFieldType = @FieldURI:UnindexedFieldURIType!
PathToIndexedFieldType = @FieldURI:DictionaryURIType! @FieldIndex:string!
PathToExtendedFieldType = @DistinguishedPropertySetId:DistinguishedPropertySetType @PropertySetId:GuidType
  @PropertyTag:PropertyTagType @PropertyName:string @PropertyId:int @PropertyType:MapiPropertyTypeType!
NonEmptyArrayOfPathsToElementType = $Path+
ItemResponseShapeType = BaseShape:DefaultShapeNamesType IncludeMimeContent:boolean? BodyType:BodyTypeResponseType?
  UniqueBodyType:BodyTypeResponseType? NormalizedBodyType:BodyTypeResponseType? FilterHtmlContent:boolean?
  ConvertHtmlCodePageToUTF8:boolean? InlineImageUrlTemplate:string? BlockExternalImages:boolean?
  AddBlankTargetToLinks:boolean? MaximumBodySize:int? AdditionalProperties:NonEmptyArrayOfPathsToElementType?
FolderResponseShapeType = BaseShape:DefaultShapeNamesType AdditionalProperties:NonEmptyArrayOfPathsToElementType?
AttachmentResponseShapeType = IncludeMimeContent:boolean? BodyType:BodyTypeResponseType? FilterHtmlContent:boolean?
  AdditionalProperties:NonEmptyArrayOfPathsToElementType?
IndexedPageViewType = @Offset:int! @BasePoint:IndexBasePointType! @MaxEntriesReturned:int
FractionalPageViewType = @Numerator:int! @Denominator:int! @MaxEntriesReturned:int
SeekToConditionPageViewType = @BasePoint:IndexBasePointType! @MaxEntriesReturned:int Condition:RestrictionType
CalendarViewType = @StartDate:dateTime! @EndDate:dateTime! @MaxEntriesReturned:int
ContactsViewType = @InitialName:string @FinalName:string @MaxEntriesReturned:int
GroupByType = @Order:SortDirectionType! $Path AggregateOn:AggregateOnType
AggregateOnType = @Aggregate:AggregateType! $Path
DistinguishedGroupByType = @Order:SortDirectionType! StandardGroupBy:StandardGroupByType
NonEmptyArrayOfFieldOrdersType = FieldOrder:FieldOrderType+
FieldOrderType = @Order:SortDirectionType! $Path
RestrictionType = $SearchExpression
$SearchExpression = Exists:ExistsType | Excludes:ExcludesType | IsEqualTo:IsEqualToType | IsNotEqualTo:IsNotEqualToType |
  IsGreaterThan:IsGreaterThanType | IsGreaterThanOrEqualTo:IsGreaterThanOrEqualToType | IsLessThan:IsLessThanType |
  IsLessThanOrEqualTo:IsLessThanOrEqualToType | And:AndType | Or:OrType | Not:NotType | Contains:ContainsExpressionType
AndType = $SearchExpression+
OrType = $SearchExpression+
NotType = $SearchExpression
IsEqualToType = ...TwoOperandExpressionType
IsNotEqualToType = ...TwoOperandExpressionType
IsGreaterThanType = ...TwoOperandExpressionType
IsGreaterThanOrEqualToType = ...TwoOperandExpressionType
IsLessThanType = ...TwoOperandExpressionType
IsLessThanOrEqualToType = ...TwoOperandExpressionType
ExistsType = $Path
ExcludesType = $Path Bitmask:ExcludesValueType
ExcludesValueType = @Value:ExcludesAttributeType!
TwoOperandExpressionType = $Path FieldURIOrConstant:FieldURIOrConstantType
FieldURIOrConstantType = ( FieldURI:PathToUnindexedFieldType | IndexedFieldURI:PathToIndexedFieldType |
  ExtendedFieldURI:PathToExtendedFieldType | Constant:ConstantValueType )
ConstantValueType = @Value:string!
ContainsExpressionType = @ContainmentMode:ContainmentModeType @ContainmentComparison:ContainmentComparisonType $Path
  Constant:ConstantValueType
NonEmptyArrayOfItemChangesType = ItemChange:ItemChangeType+
ItemChangeType = ( ItemId:ItemIdType | OccurrenceItemId:OccurrenceItemIdType |
  RecurringMasterItemId:RecurringMasterItemIdType ) Updates:NonEmptyArrayOfItemChangeDescriptionsType
NonEmptyArrayOfItemChangeDescriptionsType = ( AppendToItemField:AppendToItemFieldType | SetItemField:SetItemFieldType |
  DeleteItemField:DeleteItemFieldType )+
SetItemFieldType = $Path $AnyItem
AppendToItemFieldType = $Path $AnyItem
DeleteItemFieldType = $Path
UserConfigurationNameType = @Name:NonEmptyStringType! ( FolderId:FolderIdType |
  DistinguishedFolderId:DistinguishedFolderIdType | AddressListId:AddressListIdType |
  ConsumerCalendarId:ConsumerCalendarIdType )
RequestServerVersionType = @Version:string!
MailboxCultureType = =language
ManagementRoleType = UserRoles:Anything? ApplicationRoles:Anything?
ExchangeImpersonationType = ConnectingSID:ConnectingSIDType
ConnectingSIDType = ( PrincipalName:PrincipalNameType | SID:SIDType | PrimarySmtpAddress:PrimarySmtpAddressType |
  SmtpAddress:SmtpAddressType )
PrincipalNameType = =NonEmptyStringType
SIDType = =NonEmptyStringType
PrimarySmtpAddressType = =NonEmptyStringType
SmtpAddressType = =NonEmptyStringType
`;

/** The elements of the types' namespace that may stand in the SOAP header. */
export const headerElements: Readonly<Record<string, string>> = {
  't:RequestServerVersion': 'RequestServerVersionType',
  't:MailboxCulture': 'MailboxCultureType',
  't:ExchangeImpersonation': 'ExchangeImpersonationType',
  't:TimeZoneContext': 'TimeZoneContextType',
  't:ManagementRole': 'ManagementRoleType',
  't:DateTimePrecision': 'DateTimePrecisionType',
};
