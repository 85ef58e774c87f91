import { rels } from "../api";
import type { StoredOrder } from "./store";

/** An order as HAL shows it; `detail` names what is embedded. */
export function halOrder(order: StoredOrder, detail: string): unknown {
	if (order.malformed !== undefined) return order.malformed;
	const withItems = /OrderItems|All/.test(detail);
	const withPackages = /Packages|All/.test(detail);
	return {
		readOnly: {
			...order.readOnly,
			...(withPackages && {
				packages: order.packages.map(({ contents, ...box }) => ({
					...box,
					_embedded: { [rels.packageContent]: contents },
				})),
			}),
		},
		referenceNum: order.referenceNum,
		poNum: order.poNum,
		notes: order.notes,
		orderType: order.orderType,
		upsTransportationCharge: order.upsTransportationCharge ?? 0,
		routingInfo: order.routingInfo,
		shipTo: order.shipTo,
		...(withItems && { _embedded: { [rels.orderItem]: order.items } }),
	};
}

/** The same in the form the system gives to `Accept: application/json`. */
export function pascal(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(pascal);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => [key.charAt(0).toUpperCase() + key.slice(1), pascal(entry)]),
	);
}

export function validation(code: string, name: string, value: unknown = null) {
	return {
		ErrorCode: code,
		Hint: name,
		ModelType: "Order",
		Properties: [{ Name: name, Value: value }],
		$type: "WMS.V2.Generic.Models.Exceptions.ModelValidationException, WMS.V2.Generic.Models",
	};
}

export function parameter(name: string, code = "NotParsable") {
	return {
		ErrorCode: code,
		Hint: name,
		Parameters: [name],
		$type: "WMS.V2.Generic.Models.Exceptions.QueryParameterException, WMS.V2.Generic.Models",
	};
}

export function operation(code: string, action: string) {
	return {
		ErrorCode: code,
		Hint: action,
		ActionName: action,
		ActionNameType: "Order",
		$type: "WMS.V2.Generic.Models.Exceptions.OperationException, WMS.V2.Generic.Models",
	};
}
