/** SQL over "Order": what a person said of its address holds for that address only. */
export function keepOf(document: string): string {
	const same = `"Order"."document" -> 'shipTo' = ${document} -> 'shipTo'`;
	return `"addressKeptAt" = case when ${same} then "Order"."addressKeptAt" end, "addressKeptBy" = case when ${same} then "Order"."addressKeptBy" end`;
}
