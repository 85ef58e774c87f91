"use client";
import { Button, Description, FieldError, Form, Input, Label, Radio, RadioGroup, TextField } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { api } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { readProblem } from "../ui/problem";

const kinds = [
	{
		kind: "fulfillment",
		label: "We are a warehouse (3PL)",
		help: "Many merchants, whose carts bring orders to your warehouse.",
	},
	{ kind: "merchant", label: "We are a brand", help: "One merchant: your own carts, and the warehouses you use." },
] as const;

export function OpenAccountForm() {
	const router = useRouter();
	const [name, setName] = useState("");
	const [kind, setKind] = useState<"fulfillment" | "merchant">("fulfillment");
	const open = useMutation(api.people.createAccount.mutationOptions({ onSuccess: ({ id }) => router.push(`/${id}`) }));
	const problem = open.error ? readProblem(open.error) : null;
	return (
		<Form
			className="flex flex-col gap-5"
			onSubmit={(event) => {
				event.preventDefault();
				open.mutate({ name, kind, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
			}}
		>
			<RadioGroup value={kind} onChange={(value) => setKind(value === "merchant" ? "merchant" : "fulfillment")}>
				<Label>What are you?</Label>
				{kinds.map((choice) => (
					<Radio key={choice.kind} value={choice.kind}>
						<Radio.Content>
							<Radio.Control>
								<Radio.Indicator />
							</Radio.Control>
							<span>
								{choice.label}
								<Description>{choice.help}</Description>
							</span>
						</Radio.Content>
					</Radio>
				))}
			</RadioGroup>
			<TextField
				fullWidth
				name="name"
				value={name}
				onChange={setName}
				isRequired
				isInvalid={problem?.fields.name !== undefined}
				validationBehavior="aria"
			>
				<Label>Name of the company</Label>
				<Input className="w-full" />
				<FieldError>{problem?.fields.name}</FieldError>
			</TextField>
			{problem && !problem.fields.name && <ErrorPanel error={open.error} />}
			<Button type="submit" fullWidth isPending={open.isPending}>
				Open the account
			</Button>
		</Form>
	);
}
