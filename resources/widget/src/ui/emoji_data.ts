// The system's own emoji, by group.

import type { Key } from "../core/i18n.js";

export const kGroups: { name: Key; face: string; emoji: string[] }[] = [
  {
    name: "smileys",
    face: "😀",
    emoji: split(
      "😀 😃 😄 😁 😆 😅 🤣 😂 🙂 😉 😊 😇 🥰 😍 🤩 😘 😋 😛 😜 🤪 🤗 🤭 🤫 🤔 😐 😑 😶 😏 😒 🙄 😬 😌 😔 😪 😴 😷 🤒 🤕 🤢 🤧 🥵 🥶 😵 🤯 🥳 😎 🤓 😕 😟 🙁 😮 😲 😳 🥺 😨 😰 😥 😢 😭 😱 😖 😩 😫 😤 😡 😠",
    ),
  },
  {
    name: "gestures",
    face: "👍",
    emoji: split(
      "👍 👎 👌 ✌️ 🤞 🤟 🤙 👈 👉 👆 👇 ☝️ ✋ 👋 👏 🙌 👐 🤝 🙏 💪 ✍️ 💅 👀 👂 👄 🙋 🙋‍♀️ 🙆 🙅 🤷 🤷‍♀️ 🤦 🤦‍♀️ 🙇 💁 👩 👨 👧 👦 👶 👵 👴 👪 🧑‍💻 👮 🕵️ 👷 🧑‍⚕️",
    ),
  },
  {
    name: "nature",
    face: "🐱",
    emoji: split(
      "🐶 🐱 🐭 🐹 🐰 🦊 🐻 🐼 🐨 🐯 🦁 🐮 🐷 🐸 🐵 🐔 🐧 🐦 🦉 🐴 🦄 🐝 🦋 🐢 🐙 🐠 🐬 🐳 🌵 🌲 🌴 🌱 🍀 🌹 🌸 🌻 🌙 ⭐ 🌈 ☀️ ⛅ 🌧️ ❄️ 🔥 💧 🌊",
    ),
  },
  {
    name: "food",
    face: "🍎",
    emoji: split(
      "🍎 🍐 🍊 🍋 🍌 🍉 🍇 🍓 🍒 🍑 🥭 🍍 🥝 🍅 🥑 🥕 🌽 🍞 🥐 🧀 🥚 🍳 🍔 🍟 🍕 🌭 🌮 🍣 🍜 🍚 🥟 🍲 🍦 🍰 🎂 🍫 🍭 🍪 ☕ 🍵 🥤 🍺 🍷 🥂",
    ),
  },
  {
    name: "things",
    face: "🚗",
    emoji: split(
      "🚗 🚕 🚌 🚲 🚄 ✈️ 🚀 🚢 🏠 🏢 🏥 🏪 📱 💻 🖨️ 📷 🎧 📞 🔋 💡 🔧 🔑 🔒 📦 🛒 🛍️ 🎁 🎈 🎉 🏆 ⚽ 🏀 🎮 🎵 📚 ✏️ 📎 📅 📍 💰 💳 🧾 ⏰ ⌛",
    ),
  },
  {
    name: "symbols",
    face: "❤️",
    emoji: split("❤️ 🧡 💛 💚 💙 💜 🖤 💔 💕 💯 ✅ ❌ ❓ ❗ ⚠️ 🚫 ➕ ➖ ✔️ 🔴 🟡 🟢 🔵 🆗 🆕 🔔 🔕 💤 💬 ♻️ ⬆️ ⬇️ ⬅️ ➡️"),
  },
];

function split(text: string): string[] {
  return text.split(" ");
}
