/** Files of Claude Code in a project, of every form that it knows; what it makes of them was seen in 2.1.329. */
export const OWN_FILES = {
  '.claude/commands/plain.md': '---\ndescription: Plain one\nargument-hint: "[x]"\n---\nDo $ARGUMENTS\n',
  '.claude/commands/sub/nested.md': 'No head: first line.\n\nMore\n',
  '.claude/commands/sub/deep/er.md': 'deep\n',
  '.claude/commands/hidden.md': '---\ndescription: not for people\nuser-invocable: false\n---\nDo\n',
  '.claude/skills/my-skill/SKILL.md': '---\nname: other-name\ndescription: A skill\n---\nDo\n',
  '.claude/skills/group/inner/SKILL.md': '---\nname: inner\ndescription: inner\n---\nDo\n',
  '.claude/agents/rev.md': '---\nname: reviewer\ndescription: An agent\n---\nYou review.\n',
  '.claude/agents/sub/deep.md': '---\nname: deep-agent\ndescription: Deep agent\n---\nYou review.\n',
  '.claude/agents/colon.md': '---\nname: colon\ndescription: Use it when: always\n---\nYou review.\n',
  '.claude/commands/loose.md': '---\ndescription: Does: things\n---\nDo\n',
  '.claude/agents/nohead.md': 'no head\n',
};

/** The same in the user's folder of Claude Code. */
export const OWN_USER_FILES = { 'commands/mine.md': 'user one\n' };
