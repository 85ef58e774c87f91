/** Invented people at invented house numbers. Mail goes to a domain that nobody can own. */
export interface Shopper {
	firstName: string;
	lastName: string;
	address: Record<string, string>;
}

const rows: [string, string, string, string, string, string, string, string, string?][] = [
	["Maya", "Okafor", "418 Alder Street", "Portland", "OR", "97205", "US", "+1 503 555 0117"],
	["Daniel", "Reyes", "77 Mission Bell Road", "San Antonio", "TX", "78210", "US", "+1 210 555 0164"],
	["Priya", "Raman", "1290 Lakeshore Drive", "Madison", "WI", "53703", "US", "+1 608 555 0133"],
	["Thomas", "Hale", "9 Cooper Lane", "Burlington", "VT", "05401", "US", "+1 802 555 0102", "Hale & Daughters"],
	["Grace", "Lindqvist", "3305 Prospect Avenue", "Minneapolis", "MN", "55408", "US", "+1 612 555 0149"],
	["Andre", "Baptiste", "611 Magazine Street", "New Orleans", "LA", "70130", "US", "+1 504 555 0176"],
	["Hannah", "Whitfield", "24 Harbor Walk, Apt 5C", "Boston", "MA", "02110", "US", "+1 617 555 0121"],
	["Luis", "Carrasco", "1802 Desert Willow Way", "Tucson", "AZ", "85719", "US", "+1 520 555 0158"],
	["Keiko", "Tanabe", "540 Fillmore Street", "San Francisco", "CA", "94117", "US", "+1 415 555 0190"],
	["Samuel", "Adeyemi", "87 Peachtree Walk", "Atlanta", "GA", "30309", "US", "+1 404 555 0138"],
	["Claire", "Bergeron", "2214 rue Saint-Denis", "Montréal", "QC", "H2X 3K8", "CA", "+1 514 555 0144"],
	["Owen", "MacLeod", "65 Dockside Drive", "Halifax", "NS", "B3J 2W1", "CA", "+1 902 555 0115"],
	["Amelia", "Hart", "14 Chapel Row", "Bath", "Somerset", "BA1 1HN", "GB", "+44 1632 960118"],
	["Callum", "Fraser", "203 Leith Terrace", "Edinburgh", "", "EH6 5BW", "GB", "+44 1632 960172"],
	["Jürgen", "Weiß", "Lindenallee 38", "Leipzig", "", "04229", "DE", "+49 30 23125 014"],
	["Anna", "Köhler", "Hafenstraße 7", "Hamburg", "", "20457", "DE", "+49 30 23125 087", "Köhler Teehandel"],
	["Élodie", "Martin", "11 quai des Brumes", "Nantes", "", "44000", "FR", "+33 1 99 00 12 34"],
	["Sanne", "de Vries", "Kade 152", "Utrecht", "", "3511 AB", "NL", "+31 85 555 0119"],
	["Ola", "Nordmann", "Fjellveien 26", "Bergen", "", "5019", "NO", "+47 55 55 01 23"],
	["Chiara", "Russo", "Via dei Mille 90", "Torino", "TO", "10123", "IT", "+39 011 555 0161"],
	["Isla", "Nguyen", "31 Banksia Crescent", "Fremantle", "WA", "6160", "AU", "+61 8 5550 1142"],
	["Hiro", "Sato", "3-14-2 Nakameguro", "Tokyo", "Tokyo", "153-0061", "JP", "+81 3 5550 0187"],
];

export const shoppers: readonly Shopper[] = rows.map(
	([firstName, lastName, streetLine1, city, province, postalCode, countryCode, phoneNumber, company = ""]) => ({
		firstName,
		lastName,
		address: {
			fullName: `${firstName} ${lastName}`,
			company,
			streetLine1,
			streetLine2: "",
			city,
			province,
			postalCode,
			countryCode,
			phoneNumber,
		},
	}),
);

/** Plain letters before the at sign, as mail providers hand them out. */
export function emailOf({ firstName, lastName }: Shopper): string {
	const plain = (word: string) =>
		word
			.toLowerCase()
			.replace("ß", "ss")
			.normalize("NFD")
			.replace(/[^a-z]/g, "");
	return `${plain(firstName)}.${plain(lastName)}@shopper.example`;
}

export const methods: Record<"home" | "abroad", { code: string; name: string }[]> = {
	home: [
		{ code: "ups-ground", name: "UPS Ground" },
		{ code: "usps-priority-mail", name: "USPS Priority Mail" },
		{ code: "fedex-ground", name: "FedEx Ground" },
		{ code: "ups-2nd-day-air", name: "UPS 2nd Day Air" },
	],
	abroad: [
		{ code: "dhl-express", name: "DHL Express" },
		{ code: "ups-worldwide-saver", name: "UPS Worldwide Saver" },
	],
};
