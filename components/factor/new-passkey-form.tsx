"use client";
import { Button, Description, Form, Input, Label, TextField } from "@heroui/react";
import { useState } from "react";

interface NewPasskeyFormProps {
	isPending: boolean;
	onNamed: (name: string) => void;
	onCancel: () => void;
}

/** A passkey gets a name first, so that it is known again when it is lost. */
export function NewPasskeyForm({ isPending, onNamed, onCancel }: NewPasskeyFormProps) {
	const [name, setName] = useState("");
	return (
		<Form
			className="flex max-w-sm flex-col gap-3"
			onSubmit={(event) => {
				event.preventDefault();
				onNamed(name.trim());
			}}
		>
			<TextField fullWidth value={name} onChange={setName} isRequired maxLength={80} autoFocus>
				<Label>Name of the passkey</Label>
				<Input className="w-full" placeholder="Office laptop" />
				<Description>Your device asks for your finger, your face or its PIN next.</Description>
			</TextField>
			<span className="flex gap-2">
				<Button type="submit" isPending={isPending}>
					Make the passkey
				</Button>
				<Button variant="outline" onPress={onCancel}>
					Not now
				</Button>
			</span>
		</Form>
	);
}
