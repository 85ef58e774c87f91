"use client";
import { Button, Modal } from "@heroui/react";
import { useState } from "react";
import { type CarrierPair, shipMethodConditions } from "@/lib/canonical/ship-method";
import { PlainField } from "../form/plain-field";
import { type MethodChange, mappedTo, passed, type Target, targetKey } from "./ship-method-words";
import { TargetField } from "./target-field";

interface RuleDialogProps {
	methods: (CarrierPair & { name: string })[];
	/** The row is added to what is changed, and saved with it. */
	onAdd: (rule: MethodChange) => void;
}

/** A row of one's own: a code typed ahead, a pattern, or one with conditions. */
export function RuleDialog(props: RuleDialogProps) {
	return (
		<Modal>
			<Button>Add a rule</Button>
			<Modal.Backdrop>
				<Modal.Container size="md">
					<Modal.Dialog>{({ close }) => <RuleForm {...props} close={close} />}</Modal.Dialog>
				</Modal.Container>
			</Modal.Backdrop>
		</Modal>
	);
}

const fields = [
	{
		name: "code",
		label: "The cart says",
		help: "A code, or a pattern: ECO* is all that begins so, * alone is everything else.",
	},
	{ name: "countries", label: "Only to these countries", help: "Two letters each, such as CA MX. Empty: all." },
	{ name: "gramsFrom", label: "Weight from, in grams", help: "Orders whose cart states no weight never fit." },
	{ name: "gramsTo", label: "Weight below, in grams", help: "" },
	{ name: "valueFrom", label: "Order value from", help: "" },
	{ name: "valueTo", label: "Order value below", help: "" },
	{ name: "currency", label: "Currency of the value", help: "Such as USD. Empty: any." },
] as const;
type Name = (typeof fields)[number]["name"];

function RuleForm({ methods, onAdd, close }: RuleDialogProps & { close: () => void }) {
	const [values, setValues] = useState<Record<Name, string>>({
		...{ code: "", countries: "", gramsFrom: "", gramsTo: "", valueFrom: "", valueTo: "", currency: "" },
	});
	const [target, setTarget] = useState<Target>(methods[0] ? mappedTo(methods[0]) : passed);
	const [problems, setProblems] = useState<Partial<Record<string, string>>>({});
	const add = () => {
		const conditions = conditionsOf(values);
		const found: Partial<Record<string, string>> = {};
		for (const { path, message } of conditions.error?.issues ?? []) found[String(path[0])] = `This ${message}.`;
		if (values.code.trim() === "") found.code = "Type a code, a pattern, or *.";
		setProblems(found);
		if (!conditions.success || Object.keys(found).length > 0) return;
		onAdd({ code: values.code.trim(), conditions: conditions.data, ...target });
		close();
	};
	return (
		<>
			<Modal.Header>
				<Modal.Heading>Add a rule</Modal.Heading>
			</Modal.Header>
			<Modal.Body>
				<div className="grid gap-3 sm:grid-cols-2">
					{fields.map(({ name, label, help }) => (
						<div key={name} className={name === "code" || name === "countries" ? "sm:col-span-2" : ""}>
							<PlainField
								label={label}
								{...(help && { help })}
								value={values[name]}
								problem={problems[name]}
								onChange={(text) => setValues({ ...values, [name]: text })}
							/>
						</div>
					))}
					<div className="flex flex-col gap-1 sm:col-span-2">
						<span className="font-medium text-[13px]">Becomes</span>
						<TargetField
							key={targetKey(target)}
							label="Becomes"
							value={target}
							methods={methods}
							suggestion={null}
							onChange={setTarget}
						/>
					</div>
				</div>
			</Modal.Body>
			<Modal.Footer>
				<Button variant="outline" onPress={close}>
					Cancel
				</Button>
				<Button onPress={add}>Add to the changes</Button>
			</Modal.Footer>
		</>
	);
}

function conditionsOf(values: Record<Name, string>) {
	const number = (text: string) => (text.trim() === "" ? undefined : Number(text));
	const words = (text: string) => text.trim() || undefined;
	return shipMethodConditions.safeParse({
		countries: values.countries
			.toUpperCase()
			.split(/[\s,;]+/)
			.filter(Boolean),
		...{ gramsFrom: number(values.gramsFrom), gramsTo: number(values.gramsTo) },
		...{ valueFrom: words(values.valueFrom), valueTo: words(values.valueTo) },
		currency: words(values.currency)?.toUpperCase(),
	});
}
