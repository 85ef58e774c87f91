import { CircleCheck, CircleDashed, FlaskConical } from "lucide-react";
import type { z } from "zod";
import type { TestFlow, testSummary } from "@/lib/api/contract/integration-tests";
import type { Look } from "../status/status-tag";

export type TestState = z.output<typeof testSummary>["state"];

export const testLooks: Record<TestState, Look> = {
	running: { word: "Under way", icon: FlaskConical, tone: "moving", sentence: "Crossdock watches both systems." },
	passed: { word: "Passed", icon: CircleCheck, tone: "done", sentence: "Every flow was seen from end to end." },
	ended: { word: "Ended", icon: CircleDashed, tone: "waiting", sentence: "It was ended before everything was seen." },
};

export const flowWords: Record<TestFlow, string> = {
	orders: "orders out",
	shipments: "shipments back",
	stock: "stock",
	purchaseOrders: "purchase orders out",
	receipts: "receipts back",
};
