"""ИКТ-компетентность: what its page is made of."""
