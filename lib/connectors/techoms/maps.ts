/**
 * Field maps of the preset. techOMS publishes no API reference. Known from techSHIP's public help: names in PascalCase,
 * Items with SKU, Quantity, UnitPrice and CustomFields of Code and Value, TransactionNumber and CustomerOrderNumber.
 * Everything else is inferred from that style, and is therefore a setting.
 */

export const orderMap = `# Known from techSHIP's help: these names
TransactionNumber: number
CustomerOrderNumber: sourceNumber
Items[].SKU: lines[].sku
Items[].Quantity: lines[].quantity
Items[].UnitPrice: lines[].unitPrice as number
Items[].CustomFields[].Code: lines[].extraFields[].name
Items[].CustomFields[].Value: lines[].extraFields[].value
CustomFields[].Code: extraFields[].name
CustomFields[].Value: extraFields[].value
# Inferred: correct them to what your techOMS expects
CustomerId: customerId
UserLoginId: userLoginId
Reference: reference
Carrier: shipMethod.carrier
Service: shipMethod.service
Notes: note
Items[].LineId: lines[].lineId
ShipTo.Name: shipTo.name
ShipTo.Company: shipTo.company
ShipTo.Address1: shipTo.line1
ShipTo.Address2: shipTo.line2
ShipTo.City: shipTo.city
ShipTo.State: shipTo.region
ShipTo.PostalCode: shipTo.postalCode
ShipTo.Country: shipTo.country
ShipTo.Phone: shipTo.phone
ShipTo.Email: shipTo.email`;

export const knownMap = `id: Id
number: TransactionNumber
state: Status`;

export const shipmentMap = `externalId: Id
orderExternalId: OrderId
orderNumber: TransactionNumber
carrier: Carrier
service: Service
shippedAt: ShippedAt
changedAt: UpdatedAt | ShippedAt
cost: ShippingCost
trackingNumber: TrackingNumber
final: OrderComplete
lines[].lineId: Items[].LineId
lines[].sku: Items[].SKU
lines[].quantity: Items[].Quantity
packages[].externalId: Packages[].Id
packages[].trackingNumber: Packages[].TrackingNumber
packages[].weight: Packages[].Weight
packages[].lines[].sku: Packages[].Items[].SKU
packages[].lines[].quantity: Packages[].Items[].Quantity`;

export const levelMap = `sku: SKU
location: Location | "main"
available: Available
onHand: OnHand
locked: Reserved
incoming: Incoming`;

export const productMap = `sku: SKU
name: Name
externalId: Id
description: Description
barcode: Barcode
weight: Weight
length: Length
width: Width
height: Height
massUnit: WeightUnit
lengthUnit: SizeUnit
active: Active
lotTracked: LotTracked`;

export const newProductMap = `SKU: sku
Name: name
Description: description
Barcode: barcode
Weight: weight as number
Length: length as number
Width: width as number
Height: height as number
WeightUnit: massUnit
SizeUnit: lengthUnit
LotTracked: lotTracked`;

export const locationMap = `externalId: Id
name: Name`;
