"""What a session holds: its workbook, its link, what is made of them."""
