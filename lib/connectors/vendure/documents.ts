/** The GraphQL documents we send to the Admin API. Only fields we use: pages hold hundreds of orders. */

const orderFields = `id code state createdAt updatedAt orderPlacedAt currencyCode totalWithTax
  customer { firstName lastName emailAddress }
  shippingAddress { fullName company streetLine1 streetLine2 city province postalCode countryCode phoneNumber }
  shippingLines { shippingMethod { code name } }
  lines { id quantity orderPlacedQuantity unitPriceWithTax productVariant { sku name } }`;

export const documents = {
	orders: `query Orders($options: OrderListOptions) { orders(options: $options) { totalItems items { ${orderFields} } } }`,
	order: `query Order($id: ID!) { order(id: $id) { ${orderFields} } }`,
	fulfillments: `query Fulfillments($id: ID!) { order(id: $id) { id state fulfillments { id state method trackingCode lines { orderLineId quantity } } } }`,
	fulfill: `mutation Fulfill($input: FulfillOrderInput!) { addFulfillmentToOrder(input: $input) { __typename ... on Fulfillment { id state } ... on ErrorResult { errorCode message } ... on CreateFulfillmentError { fulfillmentHandlerError } } }`,
	transition: `mutation Transition($id: ID!, $state: String!) { transitionFulfillmentToState(id: $id, state: $state) { __typename ... on Fulfillment { id state } ... on FulfillmentStateTransitionError { errorCode fromState message: transitionError } } }`,
	orderState: `query OrderState($id: ID!) { order(id: $id) { id code state } }`,
	cancelOrder: `mutation CancelOrder($input: CancelOrderInput!) { cancelOrder(input: $input) { __typename ... on Order { id state } ... on ErrorResult { errorCode message } } }`,
	variants: `query Variants($options: ProductVariantListOptions) { productVariants(options: $options) { totalItems items { id sku name updatedAt trackInventory stockLevels { stockLocationId stockOnHand stockAllocated } } } }`,
	setStock: `mutation SetStock($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }`,
	locations: `query Locations { stockLocations(options: { take: 100 }) { items { id name } } }`,
	channel: `query ActiveChannel { activeChannel { code } }`,
	/** Each part needs one right; the refusal's path says which. */
	mayRead: `query MayRead { orders(options: { take: 1 }) { totalItems } productVariants(options: { take: 1 }) { totalItems } stockLocations(options: { take: 1 }) { totalItems } }`,
	/** Ships nothing and changes no variant, but needs the rights to. */
	mayWrite: `mutation MayWrite { addFulfillmentToOrder(input: { lines: [], handler: { code: "none", arguments: [] } }) { __typename } updateProductVariants(input: []) { id } }`,
} as const;
