/** Field maps to begin with: the names that most systems made in recent years have. */

export const deliverableMap = `order_number: number
reference: reference
order_source: orderSource
ship_to.name: shipTo.name
ship_to.company: shipTo.company
ship_to.address1: shipTo.line1
ship_to.address2: shipTo.line2
ship_to.city: shipTo.city
ship_to.region: shipTo.region
ship_to.postal_code: shipTo.postalCode
ship_to.country: shipTo.country
ship_to.phone: shipTo.phone
ship_to.email: shipTo.email
carrier: shipMethod.carrier
service: shipMethod.service
notes: note
gift_message: giftMessage
items[].line_id: lines[].lineId
items[].sku: lines[].sku
items[].quantity: lines[].quantity
items[].unit_price: lines[].unitPrice`;

export const knownOrderMap = `id: id
number: order_number
state: status`;

export const shipmentMap = `externalId: id
orderExternalId: order_id
orderNumber: order_number
carrier: carrier
service: service
shippedAt: shipped_at
changedAt: updated_at | shipped_at
cost: shipping_cost
trackingNumber: tracking_number
trackingUrl: tracking_url
final: order_complete
lines[].lineId: items[].line_id
lines[].sku: items[].sku
lines[].quantity: items[].quantity
packages[].externalId: packages[].id
packages[].trackingNumber: packages[].tracking_number
packages[].weight: packages[].weight
packages[].lines[].lineId: packages[].items[].line_id
packages[].lines[].sku: packages[].items[].sku
packages[].lines[].quantity: packages[].items[].quantity`;

export const levelMap = `sku: sku
location: location | "main"
available: available
onHand: on_hand
locked: reserved
incoming: incoming`;

export const productMap = `sku: sku
name: name
externalId: id
description: description
barcode: barcode
weight: weight
length: length
width: width
height: height
massUnit: weight_unit
lengthUnit: size_unit
active: active
lotTracked: lot_tracked`;

export const newProductMap = `sku: sku
name: name
description: description
barcode: barcode
weight: weight as number
length: length as number
width: width as number
height: height as number
weight_unit: massUnit
size_unit: lengthUnit
lot_tracked: lotTracked`;

export const locationMap = `externalId: id
name: name`;

export const orderMap = `sourceId: id
number: order_number | id
sourceStatus: status
placedAt: created_at
changedAt: updated_at | created_at
shipTo.name: ship_to.name
shipTo.company: ship_to.company
shipTo.line1: ship_to.address1
shipTo.line2: ship_to.address2
shipTo.city: ship_to.city
shipTo.region: ship_to.region
shipTo.postalCode: ship_to.postal_code
shipTo.country: ship_to.country
shipTo.phone: ship_to.phone
shipTo.email: ship_to.email | customer.email
customer.name: customer.name | ship_to.name
customer.email: customer.email
shipping.code: shipping.code
shipping.name: shipping.name
lines[].sourceLineId: items[].id
lines[].sku: items[].sku
lines[].name: items[].name
lines[].quantity: items[].quantity
lines[].unitPrice: items[].unit_price
currency: currency
total: total
note: note
giftMessage: gift_message
tags[]: tags[]`;

export const cancelMap = `sourceId: id
changedAt: updated_at
reason: cancel_reason`;

export const confirmationMap = `reference: key
carrier: carrier
service: service
tracking_number: trackingNumber
shipped_at: shippedAt
cost: cost
items[].id: lines[].lineId
items[].sku: lines[].sku
items[].quantity: lines[].quantity`;

export const keptMap = `id: id
key: reference`;

export const figureMap = `items[].sku: figures[].sku
items[].quantity: figures[].quantity`;

export const outcomeMap = `sku: sku
ok: ok
reason: reason`;
