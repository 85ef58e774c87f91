/** Which of its fields a system keeps and shows, so that a person may build them from templates. */

/** Fields of the system's own: any name will do, or it has these alone. */
export type OwnFields = true | readonly string[];

export interface ReferenceFields {
	sourceNumber?: true;
	orderSource?: true;
	note?: true;
	customFields?: OwnFields;
	line?: { note?: true; customFields?: OwnFields };
}

/** The number is not among them: receipts lead back to a purchase order by it. */
export interface PurchaseReferences {
	orderSource?: true;
	note?: true;
	customFields?: OwnFields;
	line?: { customFields?: OwnFields };
}
