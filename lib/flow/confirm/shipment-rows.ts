/** Columns of the tables a departure is written to. */
export const shipmentColumns = {
	id: "text",
	accountId: "text",
	merchantId: "text",
	orderId: "text",
	deliveryId: "text",
	connectionId: "text",
	externalId: "text",
	carrier: "text",
	service: "text",
	overShipped: "boolean",
	document: "jsonb",
	shippedAt: "timestamptz",
	createdAt: "timestamptz",
};
export const shipmentLineColumns = {
	accountId: "text",
	shipmentId: "text",
	position: "int",
	orderLineId: "text",
	sku: "text",
	quantity: "int",
};
export const packageColumns = {
	accountId: "text",
	shipmentId: "text",
	position: "int",
	externalId: "text",
	trackingNumber: "text",
	trackingUrl: "text",
};
export const confirmationColumns = {
	id: "text",
	accountId: "text",
	merchantId: "text",
	orderId: "text",
	shipmentId: "text",
	connectionId: "text",
	key: "text",
	state: "text",
	attempts: "int",
	nextTryAt: "timestamptz",
	existed: "boolean",
	document: "jsonb",
	createdAt: "timestamptz",
};
